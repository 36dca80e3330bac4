import LAIMarkdown
import Testing

@Suite("The plain text of a Markdown text")
struct MarkdownTextTests {
    @Test(
        "has the words and not the marks",
        arguments: [
            ("# A *b*\n\nc `d` [e](http://f) ![g](h)\ni", "A b\nc d e g\ni"), ("- a\n- [x] b\n  1. c", "a\nb\nc"),
            ("```swift\nlet a\n```\n> q", "let a\nq"), ("|a|b|\n|-|-|\n|c|d|", "a\tb\nc\td"), ("a<br>b\n\n<div>\n\nc", "ab\nc"), ("", ""), ("&amp; \\*", "& *"),
        ])
    func plain(text: String, plain: String) { #expect(MarkdownText.plain(text) == plain) }
}
