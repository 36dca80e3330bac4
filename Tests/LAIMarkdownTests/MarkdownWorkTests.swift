import LAIMarkdown
import Testing

@Suite("The work for a growing text")
struct MarkdownWorkTests {
    static let texts: [(name: String, text: String)] = [
        ("one code block", "```\n" + String(repeating: "let value = 1\n", count: 5_000) + "```\n"),
        ("one list", String(repeating: "- an item of it\n", count: 5_000)),
        ("one line", String(repeating: "word ", count: 12_000)),
        ("one table", "|a|b|\n|-|-|\n" + String(repeating: "|one|two|\n", count: 5_000)),
        ("paragraphs", String(repeating: "A sentence, and *another* one.\n\n", count: 2_000)),
        ("headings", String(repeating: "# a\n", count: 12_000)),
        ("open brackets", String(repeating: "[", count: 25_000)),
        ("late definitions", (0..<1000).map { "[\($0)] " }.joined() + "\n\n" + (0..<1000).map { "[\($0)]: http://x\n\n" }.joined()),
        ("one label", String(repeating: "[a]\n\n", count: 5_000) + "[a]: http://x\n"),
        ("paragraph of rows", String(repeating: "a\n|-|-|\n", count: 2_000)),
    ]

    @Test("grows with the text and not with its square", arguments: texts.indices)
    func linear(index: Int) {
        let text = Self.texts[index].text
        for size in [7, 1000] {
            var stream = MarkdownStream()
            var page = Page()
            var rest = Substring(text)
            while !rest.isEmpty {
                let update = stream.append(String(rest.prefix(size)))
                page.finished += update.finished
                rest = rest.dropFirst(size)
            }
            _ = stream.finish()
            let parsed = stream.bytesParsed
            #expect(parsed <= text.utf8.count * (MarkdownStream.parsesPerByte + 8) + 100_000, "\(Self.texts[index].name): \(parsed)")
        }
    }

    @Test("is bounded for nesting that only an attack would write", arguments: [">", "> ", "- ", "* ", "1. ", "[", "![", "*a ", "<", "|", "www.a_"])
    func nesting(mark: String) {
        let text = String(repeating: mark, count: 10_000) + "a\n\nafter\n"
        let page = Page.of([text])
        #expect(page.html == MarkdownText.html(text))
        #expect(page.finished.last?.html == "<p>after</p>\n")
    }

    @Test("is bounded for tables that lack their cells")
    func missingCells() {
        let columns = 400
        let text = String(repeating: "|a", count: columns) + "\n" + String(repeating: "|-", count: columns) + "\n" + String(repeating: "b\n", count: 5_000)
        let html = MarkdownText.html(text)
        #expect(html.utf8.count < text.utf8.count * 100)
        #expect(Page.of([text]).html == html)
    }

    @Test("shows long open blocks as plain text between two parses, and loses nothing")
    func tail() {
        var stream = MarkdownStream()
        var page = Page()
        var text = "```\n"
        page.take(stream.append(text))
        for index in 0..<3000 {
            let piece = "line \(index)\n"
            text += piece
            page.take(stream.append(piece))
            let shown = page.open.map(\.html).joined()
            #expect(shown == MarkdownText.html(String(text.utf8.dropLast(page.tail.utf8.count))!) && text.hasSuffix(page.tail))
            if !page.tail.isEmpty { #expect(page.tail.utf8.count <= text.utf8.count / 16) }
        }
        page.take(stream.finish())
        #expect(page.html == MarkdownText.html(text))
    }
}
