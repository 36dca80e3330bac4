import LAISamples

/// Texts in which a block is not what it seemed, or that have mathematics, and answers as models give them.
enum PatchSamples {
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

    static var all: [String] {
        (MarkdownSamples.structure + MarkdownSamples.references + MarkdownSamples.inlines).filter { $0.utf8.count < 1000 } + mathematics + answers
    }

    /// Pieces from which random texts are made.
    static let fragments = MarkdownSamples.fragments + ["$", "$$", "\\(", "\\)", "\\[", "\\]", "x_1", "\"", "&"]
}
