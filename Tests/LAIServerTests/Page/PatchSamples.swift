/// Texts in which a block is not what it seemed, and answers as models give them.
enum PatchSamples {
    static let small: [String] = [
        "a", "a\n\nb", "# a\nb", "a\n===\nb\n---\n", "- a\n- b\n\n- c\n\nafter", "- a\n  - b\n    - c\n\n      d\n", "1. a\n2. b\n1) c\n",
        "> a\nb\n> c\n\nd", "> - a\nb\n>\n> c\n", "> ```\n> code\n\nx", "para\n| a | b |\n|---|:-:|\n| c | d\ne\n\nf", "|a|\n|-|-|\n",
        "```swift\nlet a = 1\n\n\n  b\n```\nafter", "```\nopen\n\nstill", "~~~ a b\n```\n~~~\n", "- ```\n  a & b\n  ```\n- c", "    code\n\n\n    more\n\nnot",
        "<div>\na\n\n</div>\nb", "<!-- a\n\nb -->\nc\n", "a <b\nc=\"d\"> e\n", "***\n- - -\n_ _ _\n", "a\\\nb  \nc\n", "- [ ] a\n- [x] b [x]\n  - [X] c\n",
        "*a **b* c** d_e_f __g__", "`a``b` `` ` `` \\`c`", "~~a~~ ~b~", "www.a.b http://c.d/e?f=g&h) i@j.kl", "![a](http://b) ![c](/d)",
        "[a](http://b 'c') [d](ftp://e) [h](JavaScript:i)", "&amp; &#0; &nbsp; &x;", "漢字**「強調」**です。👩‍👩‍👧‍👦 **🇩🇪**", "e\u{301}*\u{301}a* 🙂 *🙂",
        "[a]\n\n[b]\n\n[a][b]\n\n[b]: http://b\n\n[a]: http://a\n", "- [a]\n- b\n\n> - [a]: <http://x.y>\n>   \"t\"\n\n[a]", "a\u{0}b\n```\u{0}\n\u{0}\n```\n",
        "a\r\nb\r\n\r\n- c\r\n", "text `code` \"quoted\" <tag> & more", "|a|b|\n|-|-|\n|`c`|[d](http://e)|\n\n# f\n", "a\n\n\n\n\nb\n\n", "<script>x</script>\n\ny",
    ]

    static let mathematics: [String] = [
        "Let \\(a_1 * b_2 * c\\) be.", "\\[\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n\\]\n\nSo.", "$$\na\n= b\n- c\n$$", "It costs $5, or $6 (not $7).", "$x_1$ and $y^2$, `$z$`, \\$5$",
        "```\n$a$ \\(b\\)\n```\n$c$", "- $a$\n  ```sh\n  echo $HOME$\n  ```\n- \\(b\\)", "``a ` $b$`` $c$", "\\(open\n\nnever $shut", "$HOME:$PATH $a`b$ $$ $$$$", "> $$ a\n> b $$\n\n~~~\n\\[x\\]",
        "| $a$ | \\(b\\) |\n|-|-|\n| $c_1$ | d |\n", "\\\\(a\\) \\(b \\\\) c\\)", "US$5$ a$b$ $c$d", "```a`b $c$\n```\n",
    ]

    static let answers: [String] = [
        """
        # Bread, in three steps

        Mix *flour*, **water** and `salt`; wait. It is "easy", and 5 < 6 & 7 > 3. See [the notes](https://example.org/notes).

        1. Weigh 500 g of flour.
        2. Add 350 g of water, and wait:
           - an hour in the warm,
           - a night in the cold.
        3. Bake it.

        > Patience is the one thing that cannot be weighed.

        That is all there is to it, and it takes no more than a day of which nearly all is waiting.
        """,
        """
        Here is how:

        ```swift
        /// How much water a dough wants.
        func water(flour: Double, hydration: Double = 0.7) -> Double {
            guard flour > 0 else { return 0 }
            let text = "water: \\(flour * hydration)"
            return flour * hydration
        }
        ```

        And in *Python*:

        ```python
        def water(flour, hydration=0.7):
            return flour * hydration if flour > 0 else 0
        ```
        """,
        """
        | Flour | Water | Time | Remark |
        |-------|------:|:----:|--------|
        | 500 g | 350 g | 12 h | the usual one, for a day on which nobody is in a hurry |
        | 1 kg  | 700 g | 14 h | for *guests* |
        | 2 kg  | 1.4 kg | 16 h | for a **feast** |

        So much for numbers.
        """,
        """
        漢字とかなが混ざった文章です。**強調**や`コード`もあります。絵文字 🙂 も。次の段落へ。

        - 一つ目の項目は少し長い文章になっています。
        - 二つ目の項目。
        - 三つ目。
        """,
        "One long paragraph without an end, which goes on and on about nothing in particular, as paragraphs do when nobody stops them. "
            + "It has some *emphasis*, a `word` of code, and a link to https://example.org/a/b?c=d that is not marked as one.",
    ]

    static var all: [String] { small + mathematics + answers }

    /// Pieces from which random texts are made.
    static let fragments: [String] = [
        "a", "b c", "word ", "\n", "\n", "\n", "\n\n", "\r\n", " ", "  ", "    ", "\t", "- ", "* ", "1. ", "2) ", "> ", "# ", "===", "---", "***", "_",
        "*", "**", "`", "```", "```swift\n", "~~~\n", "~~", "|", "| a | b |\n", "|---|:-:|\n", "|-|\n", "[a]", "[b]", "[a]: http://x.y\n", "[b]: <http://z> 't'\n",
        "[", "]", "](http://u)", "![", "<b>", "<div>\n", "</div>", "<!--", "-->", "http://v.w/x", "&amp;", "\\", "  \n", "[ ] ", "[x] ", "漢字", "é", "👩‍👧", ":", "<", "!",
        "$", "$$", "\\(", "\\)", "\\[", "\\]", "x_1", "\"", "&", "long enough to be spoken of before its line has ended, ",
    ]
}

/// A generator of random numbers whose numbers are always the same for a seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var value = state
        value ^= value >> 33
        value = value &* 0xFF51_AFD7_ED55_8CCD
        return value ^ (value >> 29)
    }
    /// A text of fragments.
    mutating func text(length: Int) -> String {
        (0..<length).map { _ in PatchSamples.fragments[Int.random(in: 0..<PatchSamples.fragments.count, using: &self)] }.joined()
    }
    /// A text cut at random places.
    mutating func pieces(of text: String, count: Int) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let cuts = (0..<count).map { _ in Int.random(in: 0...scalars.count, using: &self) }.sorted()
        return zip([0] + cuts, cuts + [scalars.count]).map { String(String.UnicodeScalarView(scalars[$0..<$1])) }
    }
}
