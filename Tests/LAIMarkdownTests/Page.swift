import LAIMarkdown
import Testing

/// Someone who shows a stream, as ``MarkdownUpdate`` tells him to.
struct Page {
    var finished: [MarkdownBlock] = []
    var open: [MarkdownBlock] = []
    var tail = ""
    var changes = 0

    var html: String { finished.map(\.html).joined() + open.map(\.html).joined() }

    mutating func take(_ update: MarkdownUpdate) {
        for block in update.changed {
            #expect(finished[block.index] != block)
            finished[block.index] = block
            changes += 1
        }
        finished += update.finished
        if let blocks = update.open {
            open = blocks
            tail = ""
        }
        tail += update.tail
        #expect((finished + open).map(\.index) == Array(0..<(finished.count + open.count)))
    }

    /// What a reader sees in the end when a text came in pieces.
    static func of(_ pieces: [String]) -> Page {
        var stream = MarkdownStream()
        var page = Page()
        for piece in pieces { page.take(stream.append(piece)) }
        page.take(stream.finish())
        return page
    }
}
