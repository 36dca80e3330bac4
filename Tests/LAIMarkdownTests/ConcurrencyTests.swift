import LAIMarkdown
import Testing

@Suite("Many texts at once")
struct ConcurrencyTests {
    @Test("do not disturb one another, though the C library has state of its own")
    func concurrent() async {
        let text = "~~a~~ www.b.c *d*\n\n|e|\n|-|\n|~~f~~|\n\n- [x] g\n"
        let whole = MarkdownText.html(text)
        let output = TerminalMarkdown.render(text)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { @concurrent in
                    (0..<100).allSatisfy { _ in MarkdownText.html(text) == whole && Page.of([text]).html == whole && TerminalMarkdown.render(text) == output }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
