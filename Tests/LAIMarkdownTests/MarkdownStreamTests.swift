import LAIMarkdown
import LAISamples
import Testing

@Suite("The blocks of a growing text")
struct MarkdownStreamTests {
    @Test("are in the end those of the whole text, wherever it was cut", arguments: MarkdownSamples.all)
    func everySplit(text: String) {
        let whole = MarkdownText.html(text)
        for pieces in cuts(of: text) {
            let page = Page.of(pieces)
            #expect(page.html == whole, "\(pieces)")
            #expect(page.open.isEmpty && page.tail.isEmpty)
            if page.html != whole { return }
        }
    }

    @Test("are those of the whole text for random texts and cuts", arguments: 0..<20)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let text = generator.text(length: Int.random(in: 1...40, using: &generator))
            let whole = MarkdownText.html(text)
            for _ in 0..<4 {
                let pieces = generator.pieces(of: text, count: Int.random(in: 0...12, using: &generator))
                let html = Page.of(pieces).html
                #expect(html == whole, "\(pieces)")
                if html != whole { return }
            }
        }
    }

    @Test("show at every moment what the text so far comes to", arguments: MarkdownSamples.structure + MarkdownSamples.inlines)
    func everyMoment(text: String) {
        var stream = MarkdownStream()
        var page = Page()
        var sofar = ""
        for scalar in text.unicodeScalars {
            sofar.unicodeScalars.append(scalar)
            page.take(stream.append(String(scalar)))
            #expect(page.tail.isEmpty)
            #expect(page.html == MarkdownText.html(sofar), "\(sofar.debugDescription)")
        }
    }

    @Test("are finished when nothing can change them any more")
    func promptness() {
        var stream = MarkdownStream()
        #expect(stream.append("# A").finished.isEmpty)
        #expect(stream.append("\n").finished.map(\.kind) == [.heading(level: 1)])
        #expect(stream.append("text").finished.isEmpty)
        #expect(stream.append("\n\n").finished.map(\.html) == ["<p>text</p>\n"])
        #expect(stream.append("```swift\na\n```\n").finished.map(\.kind) == [.code(language: "swift")])
        #expect(stream.append("- a\n\n").finished.isEmpty)
        #expect(stream.append("---\n").finished.map(\.kind) == [.list, .thematicBreak])
        #expect(stream.append("> a\n\n|a|\n|-|\n\n<br>\n\n").finished.map(\.kind) == [.quote, .table])
        #expect(stream.finish().finished.map(\.kind) == [.html])
        #expect(stream.count == 8)
    }

    @Test("change when a definition comes later, and only those that refer to it")
    func lateDefinition() {
        var stream = MarkdownStream()
        var page = Page()
        page.take(stream.append("see [a]\n\nsee [b]\n\nplain\n\n"))
        let update = stream.append("[A]: https://x.y\n\n")
        #expect(update.changed == [MarkdownBlock(index: 0, kind: .paragraph, html: "<p>see <a href=\"https://x.y\">a</a></p>\n")])
        #expect(update.finished.isEmpty)
        #expect(stream.append("[a]: https://other\n\n").changed.isEmpty)
        #expect(stream.finish().changed.isEmpty)
    }
}
