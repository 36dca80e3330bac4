import CMarkGFM

/// HTML in a model's text is shown as it was written: run, it could do harm, and left out, words would be lost.
///
/// A line break (`<br>`) stays one, for tables know no other way. It is the only HTML that is left in the tree.
enum RawHTML {
    static func apply(to root: Node) {
        var found: [Node] = []
        let iterator = cmark_iter_new(root.pointer)
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            guard event == CMARK_EVENT_ENTER, let pointer = cmark_iter_get_node(iterator) else { continue }
            let node = Node(pointer)
            if node.type == .htmlBlock || node.type == .htmlInline && !isBreak(node.literal) { found.append(node) }
        }
        cmark_iter_free(iterator)
        for node in found {
            if node.type == .htmlBlock { showBlock(node) } else { showText(node) }
        }
    }

    /// Whether raw HTML is a line break, which models write into tables.
    static func isBreak(_ html: String) -> Bool { ["<br>", "<br/>", "<br />"].contains(html.lowercased()) }

    private static func showText(_ node: Node) {
        guard let text = cmark_node_new_with_mem(CMARK_NODE_TEXT, CMemory.shared.functions) else { return }
        cmark_node_set_literal(text, node.literal)
        cmark_node_insert_before(node.pointer, text)
        cmark_node_free(node.pointer)
    }

    /// The lines of a block, as a paragraph.
    private static func showBlock(_ node: Node) {
        let memory = CMemory.shared.functions
        guard let paragraph = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, memory) else { return }
        let lines = node.literal.split(whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            if index > 0, let end = cmark_node_new_with_mem(CMARK_NODE_LINEBREAK, memory) { cmark_node_append_child(paragraph, end) }
            if let text = cmark_node_new_with_mem(CMARK_NODE_TEXT, memory) {
                cmark_node_set_literal(text, String(line))
                cmark_node_append_child(paragraph, text)
            }
        }
        cmark_node_insert_before(node.pointer, paragraph)
        cmark_node_free(node.pointer)
    }
}
