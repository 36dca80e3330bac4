import CMarkGFM
import Synchronization

/// The C library: its extensions, its options, and the lock under which it is called.
///
/// The library keeps a table of special characters and an arena in global variables, which parsing changes. So every
/// parse takes one lock; it is held for one piece of text only.
struct CMark: Sendable {
    /// The node types that the extensions add.
    let table: UInt32
    let tableRow: UInt32
    let tableCell: UInt32
    let strikethrough: UInt32
    private let extensionBits: [UInt]

    /// Only `~~` strikes through: a single tilde is the sign of a range in many languages.
    static let options = CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
    private static let lock = Mutex(())
    /// The extensions are registered when this is first read, once in a process.
    static let shared = CMark()

    private init() {
        cmark_gfm_core_extensions_ensure_registered()
        let names = ["table", "strikethrough", "autolink", "tasklist"]
        extensionBits = names.compactMap { name in cmark_find_syntax_extension(name).map { UInt(bitPattern: $0) } }
        // The types are numbered as the extensions are registered, and are named in no header: a sample has them all.
        let parser = cmark_parser_new(CMark.options)
        defer { cmark_parser_free(parser) }
        for bits in extensionBits { cmark_parser_attach_syntax_extension(parser, OpaquePointer(bitPattern: bits)) }
        let sample = "|a|\n|-|\n\n~~a~~\n"
        cmark_parser_feed(parser, sample, sample.utf8.count)
        let root = cmark_parser_finish(parser)
        defer { cmark_node_free(root) }
        let table = cmark_node_first_child(root)
        let row = cmark_node_first_child(table)
        self.table = cmark_node_get_type(table).rawValue
        tableRow = cmark_node_get_type(row).rawValue
        tableCell = cmark_node_get_type(cmark_node_first_child(row)).rawValue
        strikethrough = cmark_node_get_type(cmark_node_first_child(cmark_node_next(table))).rawValue
    }

    /// Runs `body` while no other thread uses the library.
    static func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        // What `body` returns stays on this thread; the lock guards the library, not the result.
        try lock.withLock { (_) throws(Failure) -> Unchecked<Result> in try Unchecked(value: body()) }.value
    }

    /// A new parser with the extensions. The caller holds the lock and frees it.
    func makeParser() -> OpaquePointer? {
        let parser = cmark_parser_new_with_mem(CMark.options, CMemory.shared.functions)
        for bits in extensionBits { cmark_parser_attach_syntax_extension(parser, OpaquePointer(bitPattern: bits)) }
        return parser
    }

    /// Parses a text and gives its tree to `body`, which must not keep it.
    static func withTree<Result>(of text: [UInt8], _ body: (Node) -> Result) -> Result {
        locked {
            let parser = shared.makeParser()
            defer { cmark_parser_free(parser) }
            // The library takes a byte order mark off the first line, where a section is not the text's first.
            cmark_parser_feed(parser, "\n", 1)
            text.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress, bytes.count > 0 else { return }
                cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            let root = cmark_parser_finish(parser)
            defer { cmark_node_free(root) }
            // The library ends the process when memory is short, so there is always a tree.
            return body(Node(root!))
        }
    }
}

/// A value that a lock hands out to the very thread that made it.
private struct Unchecked<Value>: @unchecked Sendable {
    let value: Value
}
