import LAICore
@testable import LAIServer
import LAIStorage
import LAIStreaming
import Testing

@Suite("Mathematics in a text")
struct MathTextTests {
    @Test(
        "is set apart from Markdown",
        arguments: [
            (#"Let \(a_1 * b_2 * c\) be."#, #"Let <span class="math">a_1 * b_2 * c</span> be."#),
            (#"$x_1$ and $y_2$"#, #"<span class="math">x_1</span> and <span class="math">y_2</span>"#),
            ("\\[\na\n= b\n\\]", "<span class=\"math display\">a = b</span>"),
            ("$$\\frac{a}{b}$$", "<span class=\"math display\">\\frac{a}{b}</span>"),
        ])
    func formulas(text: String, html: String) { #expect(plain(text).replacing("display\"> ", with: "display\">").replacing(" </span>", with: "</span>") == html) }

    @Test("is not where money, code or a path is meant", arguments: ["It costs $5, or $6 (not $7).", "$HOME:$PATH", "US$5$", "\\(open", "`$a$`", "```\n$a$ \\(b\\)\n```"])
    func others(text: String) { #expect(!plain(text).contains("math")) }

    private func plain(_ text: String) -> String {
        let message = StoredMessage(conversation: ConversationID(), parent: nil, message: .assistant(text), status: .sent)
        return MessageHTML.body(message).replacing("<div class=\"part text\"><div class=\"blocks\"><div class=\"b\"><p>", with: "")
            .replacing("</p>\n</div></div></div>", with: "")
    }
}
