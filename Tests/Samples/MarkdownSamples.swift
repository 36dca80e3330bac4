/// Small texts in which a block is not what it seemed, or means harm.
public enum MarkdownSamples {
    public static let structure: [String] = [
        "", "\n", " \n\t\n", "a", "a\n", "a\n\nb", "# a\nb", "a\n===\nb\n---\n", "a\nb\n===\n===\n",
        "- a\n- b\n\n- c\n\nafter", "- a\n\n  b\n- c\n", "- a\n  - b\n    - c\n\n      d\n", "1. a\n2. b\n1) c\n",
        "- a\n\n\n- b\n\n    code\n\n\n\ntext", "> a\nb\n> c\n\nd", "> a\n> > b\nc\n", "> - a\nb\n>\n> c\n", "> ```\n> code\n\nx",
        "para\n| a | b |\n|---|:-:|\n| c | d\ne\n\nf", "| a |\n|---|\n| b | c |\n> d\n", "a | b\n- | -\n1 | 2\n3\n", "|a|\n|-", "|a|\n|-|-|\n",
        "```swift\nlet a = 1\n\n\n  b\n```\nafter", "```\nopen\n\nstill", "~~~ a b\n```\n~~~\n", "   ```\n   a\n  b\n ```\nc", "````\n```\n````\n```\n",
        "    code\n\n\n    more\n\nnot", "a\n    not code\n\n    code", "\tcode\n\n- \tx\n\n  \ty\n", "-\n\n  a\n", "-\n  a\n-\n\n-\n",
        "<div>\na\n\n</div>\nb", "<!-- a\n\nb -->\nc\n", "<script>\n\nx\n</script>\nafter\n", "<b>a</b>\n\n<x-y a=\"b\">\n\nc", "a <b\nc=\"d\"> e\n",
        "***\n- - -\n_ _ _\n* * *a\n", "a\n***\nb", "- a\n***\n- b\n", "a\\\nb  \nc\n", "# \n#\n## a ##\n####### b\n", "a\n# b\nc\n===\n",
        "- [ ] a\n- [x] b [x]\n  - [X] c\n* [ ]\n", "1. a\n\n   1. b\n\n10. c\n", "2. a\nb\n1986. c\n", "a\n2. b\n", "a\n1. b\n", "a\n- b\n+ c\n* d\n",
        "\u{FEFF}# a\n\u{FEFF}# b\n", "a\u{0}b\n\u{0}\n```\u{0}\n\u{0}\n```\n", "a\tb\n\tc\n>\td\n", "Ä\u{2028}b\u{85}c\n", "\u{c}\na\n\u{b}b",
    ]

    public static let references: [String] = [
        "[a]\n\n[a]: http://x.y", "[a]: http://x.y\n[A]\n", "[a]: http://x.y 'T'\n\n[a] [b][a] [a][] ![a]\n", "[a]: http://x.y\n\n[a]: http://z\n\n[a]\n",
        "[a]: http://x\n===\n[a]", "[a]: http://x\nb\n===\n\n[a]", "> [a]: http://x.y\n\n- [a]\n", "- [a]\n- b\n\n> - [a]: <http://x.y>\n>   \"t\"\n\n[a]",
        "[a]\n\n[b]\n\n[a][b]\n\n[b]: http://b\n\n[a]: http://a\n", "[ß]\n\n[SS]: http://x\n\n[ẞ]\n\n[ss][ſs]", "[a\nb]\n\n[a b]: http://x\n", "> [a\n> b]: http://x\n\n[A  B]\n",
        "[a\\]b]\n\n[a\\]b]: http://x.y(z)\n", "|a|\n|-|\n|[x\\|y]|\n\n[x|y]: http://x\n", "`\\`[a]\n\n[a]: http://x\n", "[a]\n\n[a]: http://x.y/\\*&amp;\"<> 'it''s'\n",
        "[a]\n\n[a]: <http://x y\\\\z> \"t\\\"&quot;&#10;&#10;u\"\n", "[a]\n\n```\n[a]: http://x\n```\n", "[a]\n\n[a]: javascript:x\n", "[a]\n\n[a]: <>\n\n[b]\n\n[b]:\n\nhttp://y\n",
        "[a]\n\n    [a]: http://x\n", "[a]: http://x\n- [a]: http://y\n- b\n\n[a]", "[^1]\n\n[^1]: http://x\n", "[İ]\n\n[i̇]: http://x\n\n[ı]\n\n[i]: http://y\n\n[ı]: http://z\n",
        "[a]: http://x\r\n\r\n[a]\r\n", "[a]\n\n[a]: http://x\n'two\nlines'\n", "[a]\n\n[a]: http://x\n'two\n\nlines'\n", "![a]\n\n[a]: http://x\n",
        "[a][b]\n\n[b]: http://" + String(repeating: "b", count: 3000) + "\n",
    ]

    public static let inlines: [String] = [
        "*a **b* c** d_e_f __g__", "`a``b` `` ` `` \\`c`", "~~a~~ ~b~ 5~10 and 20~30", "www.a.b http://c.d/e?f=g&h) i@j.kl", "![a](http://b) ![c](/d) [![e](http://f)](http://g)",
        "[a](http://b 'c') [d](ftp://e) [f](g) [h](JavaScript:i) [j](//k) [l](#m) [n](mailto:o@p)", "<http://a> <b@c.d> <ftp://e> <f:g>", "[a [b](http://c)](http://d)",
        "![a ![b](http://c) [d](http://e)](http://f)", "a  \nb\\\nc", "&amp; &#0; &nbsp; &x; &#x110000;", "<b onclick=\"x\">a</b> <!-- b -->", "[a](http://b\" onclick=\"c)",
        "[a](<http://b\"><script>>)", "```a\" onclick=\"b\nc\n```", "``` <x>&\ny\n```\n", "[a](http://b 'c\" onclick=\"d')", "漢字**「強調」**です。*あ*い", "e\u{301}*\u{301}a* 👩‍👩‍👧‍👦 **🇩🇪**",
        "|[a](ftp://b)|![c](http://d)|\n|-|-|\n|[e [f](g)](h)|`i\\|j`|\n", "\u{202E}a\u{202D}b\u{1B}[31mc\u{9B}2Jd\u{7}e\u{8}f\u{7F}",
    ]

    public static let all: [String] = {
        let base = structure + references + inlines
        return base + base.filter { $0.contains("\n") }.map { $0.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") }
            + structure.filter { $0.contains("\n") }.map { $0.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r") }
    }()

    /// Pieces from which random texts are made.
    public static let fragments: [String] = [
        "a", "b c", "word ", "\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "    ", "\t", "- ", "* ", "+ ", "1. ", "2) ", "> ", ">", "# ", "## ", "===", "---", "***", "_",
        "*", "**", "`", "```", "```swift\n", "~~~\n", "~~", "|", "| a | b |\n", "|---|:-:|\n", "|-|\n", "[a]", "[b]", "[a]: http://x.y\n", "[b]: <http://z> 't'\n", "[", "]", "](http://u)", "![",
        "<b>", "<div>\n", "</div>", "<!--", "-->", "<script>", "http://v.w/x", "www.q.r", "m@n.op", "&amp;", "\\", "  \n", "\\\n", "[ ] ", "[x] ", "\u{0}", "漢字", "é", "👩‍👧", "\u{1B}[1m", "\u{202E}",
        ":", "<", "!", "1986. ", "long enough to be spoken of before its line has ended, ",
    ]
}
