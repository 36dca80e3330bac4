/// A top-level block of a Markdown text, as HTML.
public struct MarkdownBlock: Sendable, Hashable {
    /// What a block is.
    public enum Kind: Sendable, Hashable {
        case paragraph
        /// A heading of level 1 to 6.
        case heading(level: Int)
        /// Code, with the language that its fence names; empty where it names none.
        case code(language: String)
        case list
        case quote
        case table
        case thematicBreak
        /// Raw HTML, which is not passed on.
        case html
    }

    /// The block's place among the text's blocks, from 0. It never changes.
    public var index: Int
    public var kind: Kind
    /// The block's HTML, with a line end behind it.
    public var html: String

    public init(index: Int, kind: Kind, html: String) {
        self.index = index
        self.kind = kind
        self.html = html
    }
}

extension MarkdownBlock.Kind {
    init(_ node: Node) {
        switch node.type {
        case .heading: self = .heading(level: node.headingLevel)
        case .codeBlock:
            let info = node.info
            self = .code(language: String(info.prefix { $0 != " " && $0 != "\t" }))
        case .list: self = .list
        case .quote: self = .quote
        case .table: self = .table
        case .thematicBreak: self = .thematicBreak
        case .htmlBlock: self = .html
        default: self = .paragraph
        }
    }
}
