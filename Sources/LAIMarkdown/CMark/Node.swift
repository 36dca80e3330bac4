import CMarkGFM

/// A node of the C library's tree, which is valid as long as its tree.
struct Node: Equatable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    private init?(_ pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    var type: UInt32 { cmark_node_get_type(pointer).rawValue }
    var firstChild: Node? { Node(cmark_node_first_child(pointer)) }
    var lastChild: Node? { Node(cmark_node_last_child(pointer)) }
    var next: Node? { Node(cmark_node_next(pointer)) }
    var previous: Node? { Node(cmark_node_previous(pointer)) }
    var children: [Node] { Array(sequence(state: firstChild) { child in defer { child = child?.next }; return child }) }
    var parent: Node? { Node(cmark_node_parent(pointer)) }
    var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
    var endLine: Int { Int(cmark_node_get_end_line(pointer)) }

    /// The literal text of a text, code or HTML node. Not for blocks that are still open.
    var literal: String { Node.string(cmark_node_get_literal(pointer)) }
    var url: String { Node.string(cmark_node_get_url(pointer)) }
    var title: String { Node.string(cmark_node_get_title(pointer)) }
    /// What stands behind the fence of a code block. Not for blocks that are still open.
    var info: String { Node.string(cmark_node_get_fence_info(pointer)) }
    var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    var isFenced: Bool {
        var length: Int32 = 0
        var offset: Int32 = 0
        var character: CChar = 0
        return cmark_node_get_fenced(pointer, &length, &offset, &character) != 0
    }

    /// The text of a block before its inlines are parsed; NUL ends it.
    var content: UnsafePointer<CChar>? { cmark_node_get_string_content(pointer) }

    var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
    var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
    var hasParenthesis: Bool { cmark_node_get_list_delim(pointer) == CMARK_PAREN_DELIM }
    /// For an item of a task list, whether the task is done.
    var taskIsDone: Bool? {
        guard let name = cmark_node_get_type_string(pointer), String(cString: name) == "tasklist" else { return nil }
        return cmark_gfm_extensions_get_tasklist_item_checked(pointer)
    }

    /// A number of the reader's own; 0 until it is set.
    var tag: Int {
        get { Int(bitPattern: cmark_node_get_user_data(pointer)) }
        nonmutating set { cmark_node_set_user_data(pointer, UnsafeMutableRawPointer(bitPattern: newValue)) }
    }

    /// The alignments of a table's columns.
    var alignments: [Alignment] {
        let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
        guard let values = cmark_gfm_extensions_get_table_alignments(pointer) else {
            return Array(repeating: .leading, count: count)
        }
        return (0..<count).map { Alignment(values[$0]) }
    }

    static func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}

/// How the cells of a table's column are aligned.
enum Alignment {
    case leading, centre, trailing

    init(_ letter: UInt8) {
        switch letter {
        case UInt8(ascii: "c"): self = .centre
        case UInt8(ascii: "r"): self = .trailing
        default: self = .leading
        }
    }
}

extension UInt32 {
    static var paragraph: UInt32 { CMARK_NODE_PARAGRAPH.rawValue }
    static var heading: UInt32 { CMARK_NODE_HEADING.rawValue }
    static var codeBlock: UInt32 { CMARK_NODE_CODE_BLOCK.rawValue }
    static var htmlBlock: UInt32 { CMARK_NODE_HTML_BLOCK.rawValue }
    static var thematicBreak: UInt32 { CMARK_NODE_THEMATIC_BREAK.rawValue }
    static var quote: UInt32 { CMARK_NODE_BLOCK_QUOTE.rawValue }
    static var list: UInt32 { CMARK_NODE_LIST.rawValue }
    static var item: UInt32 { CMARK_NODE_ITEM.rawValue }
    static var table: UInt32 { CMark.shared.table }
    static var text: UInt32 { CMARK_NODE_TEXT.rawValue }
    static var code: UInt32 { CMARK_NODE_CODE.rawValue }
    static var htmlInline: UInt32 { CMARK_NODE_HTML_INLINE.rawValue }
    static var softBreak: UInt32 { CMARK_NODE_SOFTBREAK.rawValue }
    static var lineBreak: UInt32 { CMARK_NODE_LINEBREAK.rawValue }
    static var emphasis: UInt32 { CMARK_NODE_EMPH.rawValue }
    static var strong: UInt32 { CMARK_NODE_STRONG.rawValue }
    static var strikethrough: UInt32 { CMark.shared.strikethrough }
    static var link: UInt32 { CMARK_NODE_LINK.rawValue }
    static var image: UInt32 { CMARK_NODE_IMAGE.rawValue }
}
