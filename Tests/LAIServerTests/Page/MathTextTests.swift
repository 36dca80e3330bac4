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

    @Test(
        "is none where code, an address or a tag has dollars",
        arguments: [
            "Text:\n\n    echo $a$\n    \\(b\\)", "    $a$", "# Title\n    $a$", "- item\n\n      $a$ is code here", "1. one\n\n       $a$", "-     $a$",
            "```\nx\n```\n    $a$", ">     $a$", "\t$a$", "[link](/path/$a$)", "[link](/path_(x)/$a$ \"t\")", "<https://example.com/$a$>", "<a title=\"$a$\">",
            "See https://example.com/?q=$a$ and more", "</b $a$>", "- ```\n  $a$\n  ```", "1. ```\n   $a$\n   ```",
        ])
    func untouched(text: String) { #expect(MathText.whole(text) == text) }

    @Test(
        "is where indentation, a bracket or a sign means nothing",
        arguments: [
            "Text\n    goes on $a$", "- item\n\n    $a$ in the item", "1. one\n\n   $a$", "- item\n    $a$", "a < $a$ and $c$ > d", "[$a$](/x)", "f[x] ($a$)", "so: $a$",
            "- one\n  - two\n\n    $a$", "https://example.com/ is $a$", "<3 $a$>", "* * *\n$a$", "- a\n\nText $a$",
        ])
    func kept(text: String) { #expect(MathText.whole(text).contains(MathText.inlineMark + "a`")) }

    @Test("is found alike however a text is cut", arguments: [
        "Text:\n\n    $a$\n\nSo $b$ <a $c$> [d](/$e$) https://x.y/$f$ \\(g\\)\n1. $h$\n\n       $i$\n> - $j$\n```\n$k$\n```\n$$l$$ <m",
        "- ~~~\n  $a$\n  ~~~\n-     $b$\n- $c$: //$d$ ]($e$) ](", "123456789. $a$\n1", "10\n    $a$\n-", "# $a$\n\t$b$\r\n\r\n$c$",
    ])
    func cuts(text: String) {
        let whole = MathText.whole(text), bytes = Array(text.unicodeScalars)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var filter = MathText()
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map { String(String.UnicodeScalarView($0)) }
                #expect(pieces.map { filter.append($0) }.joined() + filter.finish() == whole, "\(first), \(second)")
            }
        }
    }

    @Test("is not where money, code or a path is meant", arguments: ["It costs $5, or $6 (not $7).", "$HOME:$PATH", "US$5$", "\\(open", "`$a$`", "```\n$a$ \\(b\\)\n```"])
    func others(text: String) { #expect(!plain(text).contains("math")) }

    private func plain(_ text: String) -> String {
        let message = StoredMessage(conversation: ConversationID(), parent: nil, message: .assistant(text), status: .sent)
        return MessageHTML.body(message).replacing("<div class=\"part text\"><div class=\"blocks\"><div class=\"b\"><p>", with: "")
            .replacing("</p>\n</div></div></div>", with: "")
    }
}
