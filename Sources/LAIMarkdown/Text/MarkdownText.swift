import CMarkGFM

/// A Markdown text that is whole.
public enum MarkdownText {
    /// The text as HTML, as a ``MarkdownStream`` would have it in the end.
    public static func html(_ text: String) -> String {
        MarkdownStream.blocks(of: guarded(text), from: 0).map(\.html).joined()
    }

    /// The text without its marks, for searching and for titles: a line for each line of text and each block, the cells
    /// of a table parted by tabs, code as it stands, pictures as their descriptions, raw HTML left out.
    public static func plain(_ text: String) -> String {
        CMark.withTree(of: guarded(text)) { root in
            var result = ""
            let iterator = cmark_iter_new(root.pointer)
            defer { cmark_iter_free(iterator) }
            while true {
                let event = cmark_iter_next(iterator)
                guard event != CMARK_EVENT_DONE, let pointer = cmark_iter_get_node(iterator) else { break }
                let node = Node(pointer)
                switch (node.type, event == CMARK_EVENT_ENTER) {
                case (.text, true), (.code, true): result += node.literal
                case (.softBreak, true), (.lineBreak, true): result += "\n"
                case (.codeBlock, true): result += node.literal
                case (.paragraph, false), (.heading, false): result += "\n"
                case (CMark.shared.tableCell, false): if node.next != nil { result += "\t" }
                case (CMark.shared.tableRow, false): result += "\n"
                default: break
                }
            }
            while result.last == "\n" { result.removeLast() }
            return result
        }
    }

    /// The text as the C library may have it.
    static func guarded(_ text: String) -> [UInt8] {
        var splitter = LineSplitter()
        var lineGuard = LineGuard()
        var result: [UInt8] = []
        splitter.append(text) { result += lineGuard.guarded($0) }
        if let line = splitter.finish() { result += lineGuard.guarded(line) }
        return result
    }
}
