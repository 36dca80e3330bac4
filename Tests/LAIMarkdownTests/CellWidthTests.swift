import Testing

@testable import LAIMarkdown

@Suite("The cells that a text takes")
struct CellWidthTests {
    @Test(
        "are those of its graphemes",
        arguments: [
            ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("☺", 1), ("☺️", 2), ("각", 2), ("\u{200B}", 0),
            ("한", 2), ("1️⃣", 2), ("─", 1), ("•", 1), ("\u{FFFD}", 1),
        ])
    func widths(text: String, cells: Int) { #expect(CellWidth.of(text) == cells) }
}
