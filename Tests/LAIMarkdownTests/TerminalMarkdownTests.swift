import LAIMarkdown
import LAISamples
import Testing

@Suite("The styled text of a terminal")
struct TerminalMarkdownTests {
    static let styles: [TerminalStyle] = [
        TerminalStyle(width: 80), TerminalStyle(width: 20, hasColours: false, hasLinks: false), TerminalStyle(width: 33, hasColours: true, hasLinks: false),
    ]

    static func output(_ pieces: [String], _ style: TerminalStyle) -> String {
        var markdown = TerminalMarkdown(style)
        var output = ""
        for piece in pieces { output += markdown.append(piece) }
        return output + markdown.finish()
    }

    @Test("is the same wherever the text was cut", arguments: MarkdownSamples.all + answers)
    func everySplit(text: String) {
        for style in text.utf8.count > 200 ? Array(Self.styles.prefix(1)) : Self.styles {
            let whole = Self.output([text], style)
            for pieces in cuts(of: text) {
                let output = Self.output(pieces, style)
                #expect(output == whole, "\(pieces)")
                if output != whole { return }
            }
        }
    }

    @Test("is the same for random texts and cuts", arguments: 0..<20)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ 1000)
        for round in 0..<40 {
            let text = generator.text(length: Int.random(in: 1...40, using: &generator))
            let style = Self.styles[round % 3]
            let whole = Self.output([text], style)
            for _ in 0..<4 {
                let pieces = generator.pieces(of: text, count: Int.random(in: 0...12, using: &generator))
                let output = Self.output(pieces, style)
                #expect(output == whole, "\(pieces)")
                if output != whole { return }
            }
        }
    }

    @Test("lets no character of the text drive the terminal", arguments: MarkdownSamples.all)
    func harmless(text: String) {
        for output in [Self.output([text], TerminalStyle(hasColours: false, hasLinks: false)), TerminalMarkdown.render(text, style: TerminalStyle(hasColours: false, hasLinks: false))] {
            let isSafe = output.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && $0 != "\u{202D}" && $0 != "\u{202E}") }
            #expect(isSafe, "\(output.debugDescription)")
        }
        // With colours there are sequences, but only ours.
        var rest = Substring(Self.output([text], TerminalStyle()))
        while let escape = rest.unicodeScalars.firstIndex(of: "\u{1B}") {
            rest = Substring(rest.unicodeScalars[escape...].dropFirst())
            let isOurs = rest.prefixMatch(of: /\[[0-9;]*m|\\|\]8;;[\x21-\x7E]*/.matchingSemantics(.unicodeScalar)) != nil
            #expect(isOurs)
        }
    }

    @Test("fits the width, but for code and lines of HTML", arguments: MarkdownSamples.inlines + answers)
    func width(text: String) {
        guard !text.contains("```"), !text.contains("www"), !text.hasPrefix("    ") else { return }
        for width in [20, 37, 80] {
            let style = TerminalStyle(width: width, hasColours: false, hasLinks: false)
            for output in [Self.output([text], style), TerminalMarkdown.render(text, style: style)] {
                for row in output.split(separator: "\n") { #expect(Self.cells(row) <= width, "\(row)") }
            }
        }
    }

    /// A rough count of cells that errs to the low side for what the samples hold.
    static func cells(_ row: Substring) -> Int {
        row.reduce(0) { $0 + ((0x1100...0xFF60).contains($1.unicodeScalars.first!.value) && $1.unicodeScalars.first!.value > 0x2E80 ? 2 : 1) }
    }

    static let answers: [String] = [
        """
        # A title

        Some **bold** text with `code` and [a link](https://example.com/x) and a rather long sentence that has to be wrapped, \
        with *emphasis that is long enough to be longer than two rows of a narrow terminal and is so printed as it stands* and more.
        - one item that is long enough to be spoken of before its line has ended
        - two with **bold**
          1. nested item number one
          2. nested two
             more of it

             a paragraph in it
        - [x] done, and [y] not
        > quote with some text which is long enough to be wrapped too, I do hope so
        still the quote, and long enough too to be seen before its end
        > > nested

        | Name | Value | Note |
        |:-----|------:|:----:|
        | a | 1 | short |
        | b | 22222 | a much longer note that has to be wrapped **in its cell** |

        A heading that is long enough to be printed before its end
        ===

        This line is long enough to be printed | and then it is a header
        ---|---
        1 | 2

        漢字かな交じり文は空白がないので、どこでも折り返せるはずです。
        """
    ]

    @Test(
        "looks as it should",
        arguments: [
            ("a *b* `c` [d](http://e) ~~f~~", "a *b* `c` d\n(http://e) ~~f~~\n"), ("# a\nb", "# a\n\nb\n"), ("- a\n- b\n  1. c\n", "• a\n• b\n  1. c\n"),
            ("- a\n\n- b", "• a\n\n• b\n"), ("- [x] a\n- [ ] b\n-\n", "[x] a\n[ ] b\n• \n"), ("> a\nb\n>\n> c\n> > d", "│ a\n│ b\n│\n│ c\n│ │ d\n"),
            ("```swift x\na\n\nb\n```\nc", "    swift\n    a\n\n    b\n\nc\n"), ("a  \nb\\\nc\nd", "a\nb\nc\nd\n"), ("***", "────────────────────\n"),
            ("[a]\n\n[a]: http://b\n[c]: <d>", "[a]\n\n[a]: http://b\n[c]: <d>\n"), ("a\n===\nb", "a\n═══\n\nb\n"), ("5. a\n6. b\n", "5. a\n6. b\n"),
            ("one two three four five", "one two three four\nfive\n"), ("漢字漢字漢字漢字漢字漢字。", "漢字漢字漢字漢字漢字\n漢字。\n"), ("aaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa\naaaaa\n"),
            ("![a](https://b)", "[image] a\n(https://b)\n"), ("", ""), ("\n\n", ""), ("- - a", "• ◦ a\n"), ("    a\n\n    b\n\nc", "    a\n\n    b\n\nc\n"),
        ])
    func looks(text: String, output: String) {
        #expect(Self.output([text], TerminalStyle(width: 20, hasColours: false, hasLinks: false)) == output)
    }

    @Test("has tables with lines, fitted to the width")
    func tables() {
        let style = TerminalStyle(width: 30, hasColours: false, hasLinks: false)
        let text = "|a|b|\n|-|-:|\n|one|2|\n|x y z x y z x y z x y z x y z|10|\n"
        #expect(
            TerminalMarkdown.render(text, style: style) == """
                ┌───────────────────────┬────┐
                │ a                     │  b │
                ├───────────────────────┼────┤
                │ one                   │  2 │
                │ x y z x y z x y z x y │ 10 │
                │ z x y z               │    │
                └───────────────────────┴────┘

                """)
        #expect(TerminalMarkdown.render("|a|b|c|d|e|\n|-|-|-|-|-|\n|1|2|3|4|5|", style: style).hasPrefix("a: 1\nb: 2\n"))
    }

    @Test("has the sequences that the terminal knows")
    func sequences() {
        let style = TerminalStyle(width: 40)
        #expect(TerminalMarkdown.render("**a** [b](http://c/\u{e9})", style: style) == "\u{1B}[1ma\u{1B}[0m \u{1B}]8;;http://c/%C3%A9\u{1B}\\\u{1B}[4mb\u{1B}[0m\u{1B}]8;;\u{1B}\\\n")
        #expect(TerminalMarkdown.render("[http://bank](http://thief)", style: style).contains("(http://thief)"))
    }

    @Test("appears word by word")
    func promptness() {
        var markdown = TerminalMarkdown(TerminalStyle(width: 40, hasColours: false, hasLinks: false))
        #expect(markdown.append("The first words of") == "The first words")
        #expect(markdown.append(" a line, and **more ") == " of a line, and")
        #expect(markdown.append("of** it") == " **more\nof**")
        #expect(markdown.append("\n\n- ") == " it\n")
        #expect(markdown.append("an item of a list ") == "\n• an item of a list")
        _ = markdown.append("\n\n")
        #expect(markdown.append("漢字かな交じり文は空白がない") == "\n漢字かな交じり文は空白がな")
    }

    @Test("costs no more than a few parses of the text, however long a block is")
    func work() {
        for text in [String(repeating: "word ", count: 10_000), String(repeating: "- item\n", count: 5_000), String(repeating: "*a ", count: 5_000), String(repeating: ">", count: 5_000)] {
            var markdown = TerminalMarkdown()
            var rest = Substring(text)
            while !rest.isEmpty {
                _ = markdown.append(String(rest.prefix(5)))
                rest = rest.dropFirst(5)
            }
            _ = markdown.finish()
            #expect(markdown.bytesParsed <= text.utf8.count * 3)
        }
    }
}
