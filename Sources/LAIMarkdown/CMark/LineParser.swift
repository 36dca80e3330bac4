import CMarkGFM

/// A parser that takes whole lines and whose unfinished tree can be looked at after each.
///
/// The library finds the blocks line by line, and only at the end the inlines within them. A block extension of ours,
/// which never opens a block, sees each line that may begin one; from it come the root of the tree and the place of the
/// line's text behind the marks of its containers.
struct LineParser: ~Copyable, @unchecked Sendable {
    private let parser: OpaquePointer
    private let probe: OpaquePointer
    private let sight: UnsafeMutablePointer<Sight>
    private let root: Node
    private var nextTag = 1

    /// What the probe saw of the last line.
    private struct Sight {
        var root: OpaquePointer?
        /// Where the line's text begins; nil when the line was not offered to the extensions.
        var textOffset: Int?
    }

    init() {
        (parser, probe, sight, root) = CMark.locked {
            let sight = UnsafeMutablePointer<Sight>.allocate(capacity: 1)
            sight.initialize(to: Sight())
            let parser = CMark.shared.makeParser()!
            let probe = cmark_syntax_extension_new("lai-probe")!
            cmark_syntax_extension_set_private(probe, sight, nil)
            cmark_syntax_extension_set_open_block_func(probe) { probe, _, parser, container, line, count in
                LineParser.look(probe, parser, container, line, Int(count))
                return nil
            }
            cmark_parser_attach_syntax_extension(parser, probe)
            // A blank line shows the root and leaves no other trace.
            cmark_parser_feed(parser, "\n", 1)
            return (parser, probe, sight, Node(sight.pointee.root!))
        }
    }

    deinit {
        CMark.locked {
            cmark_parser_free(parser)
            cmark_syntax_extension_free(cmark_get_default_mem_allocator(), probe)
        }
        sight.deinitialize(count: 1)
        sight.deallocate()
    }

    private static func look(
        _ probe: OpaquePointer?, _ parser: OpaquePointer?, _ container: OpaquePointer?,
        _ line: UnsafeMutablePointer<UInt8>?, _ count: Int
    ) {
        guard let line, let sight = cmark_syntax_extension_get_private(probe)?.assumingMemoryBound(to: Sight.self) else { return }
        if sight.pointee.root == nil {
            var top = container
            while let parent = cmark_node_parent(top) { top = parent }
            sight.pointee.root = top
        }
        var offset = Int(cmark_parser_get_offset(parser))
        while offset < count, line[offset] == 0x20 || line[offset] == 0x09 { offset += 1 }
        sight.pointee.textOffset = offset
    }

    /// Feeds one line and looks at the tree while the library is locked.
    /// - Parameter line: the line with its end, which is added where it is missing.
    mutating func feed<Result>(_ line: [UInt8], _ body: (borrowing LineParser) -> Result) -> Result {
        sight.pointee.textOffset = nil
        return CMark.locked {
            line.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            if line.last != 0x0A, line.last != 0x0D { cmark_parser_feed(parser, "\n", 1) }
            return body(self)
        }
    }

    /// The last top-level block; nil where there is none.
    var last: Node? { root.lastChild }
    /// The number of the line that was fed last.
    var lineNumber: Int { Int(cmark_parser_get_line_number(parser)) }
    /// Where the text of the last line began, in the line as the library has it: each NUL there counts three bytes.
    var textOffset: Int? { sight.pointee.textOffset }

    /// The blocks that hold the end of the text, from the outermost to the innermost.
    func path() -> [Node] {
        var path: [Node] = []
        var node = root
        while let child = node.lastChild {
            path.append(child)
            node = child
        }
        return path
    }
}
