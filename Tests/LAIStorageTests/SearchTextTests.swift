import LAICore
@testable import LAIStorage
import Testing

@Suite("A text and a query as the search sees them")
struct SearchTextTests {
    @Test("a text becomes terms", arguments: [
        ("", ""), ("Hello, World!", "hello world"), ("naïve CAFÉ Ångström", "naive cafe angstrom"), ("e\u{301}te\u{301}", "ete"),
        ("parse_line(x)", "parse line x"), ("parseLine HTTPServer", "parseline httpserver _ parse line _ http server"),
        ("C++, C# and F#!", "c c and f _ c++ _ c# _ f#"), ("i++; a+b", "i a b _ i++"), ("日本語", "日本 本語 語"), ("用Swift写", "用 swift 写"),
        ("ＡＢＣ１", "abc1"), ("x86_64", "x86 64"), ("größe Æsir œuvre", "grosse aesir oeuvre"), ("Ёлка й", "елка й"), ("λόγος", "λογοσ"),
        ("İstanbul ıi", "istanbul ii"), ("_all _ __", "all"), ("don't", "don t"), ("مُحَمَّد", "محمد"), ("हिन्दी", "हिन्दी"), ("😀👍🏽", ""),
        ("v2.0", "v2 0"), ("iPhone", "iphone _ phone"), ("\u{0}a\u{0}b", "a b"),
    ])
    func terms(text: String, terms: String) {
        #expect(IndexText.make(text) == (terms.isEmpty ? "" : terms + " "))
        let document = SearchDocument(text)
        #expect(document.length == terms.split(separator: " ").count)
    }

    @Test("a term has a bound, and none is cut within a letter")
    func longTerm() {
        let term = IndexText.make(String(repeating: "ж", count: 500))
        #expect(term.utf8.count <= SearchTokenizer.longestTerm + 2)
        #expect(term.allSatisfy { $0 == "ж" || $0 == " " })
    }

    @Test("a query is read", arguments: [
        ("a b", #"("a" AND "b")"#), ("a AND b OR c", #"(("a" AND "b") OR "c")"#), ("a (b OR c)", #"("a" AND ("b" OR "c"))"#),
        ("a -b", #"("a" NOT "b")"#), ("NOT a", #"("_all" NOT "a")"#), ("NOT NOT a", #""a""#), ("a NOT (b c)", #"("a" NOT ("b" AND "c"))"#),
        ("a OR -b", #"("a" OR ("_all" NOT "b"))"#), ("\"a b\" c*", #"("a b" AND "c"*)"#), ("“a b”", #""a b""#), ("\"a b", #"("a" AND "b")"#),
        ("main() (f(x) OR g)", #"("main" AND ("f x" OR "g"))"#), ("--limit", #""limit""#), ("a a", #""a""#), ("日本語", #""日本 本語""#), ("日", #""日"*"#),
        ("\"foo ba*\"", #""foo ba"*"#), ("\"foo ba\"*", #""foo ba"*"#), ("\"fo* bar\"", #""fo bar""#), ("\"foo *\"", #""foo""#),
        ("C++", #""c++""#), ("\"C++ code\"", #""c code""#), ("and or not", #"("and" AND "or" AND "not")"#), ("std::vector", #""std vector""#),
    ])
    func query(text: String, index: String) {
        let query = SearchQuery(text)
        #expect(IndexQuery(query.expression).text == index)
        #expect(query.remarks.isEmpty)
    }

    @Test("what is missing at the end is being typed", arguments: [
        ("a AND", #""a""#), ("a OR", #""a""#), ("a NOT", #""a""#), ("a AND NOT", #""a""#), ("a b OR", #"("a" AND "b")"#), ("a (", #""a""#),
        ("(a OR b", #"("a" OR "b")"#), ("a (b OR", #"("a" AND "b")"#), ("a -(", #""a""#), ("a ((b OR c) -d", #"("a" AND (("b" OR "c") NOT "d"))"#),
        ("a tag:x OR", #""a""#),
    ])
    func unfinished(text: String, index: String) {
        let query = SearchQuery(text)
        #expect(IndexQuery(query.expression).text == index)
        #expect(query.remarks.isEmpty)
    }

    @Test("a query that cannot be read is its words", arguments: [
        ("AND a", #"("and" AND "a")"#), ("a AND OR b", #"("a" AND "and" AND "or" AND "b")"#), ("OR OR", #"("or" AND "or")"#), ("OR", #""or""#),
        ("(a OR) b", #"("a" AND "or" AND "b")"#),
        (String(repeating: "(", count: 40) + "a" + String(repeating: ")", count: 40), #""a""#),
    ])
    func unreadable(text: String, index: String) {
        let query = SearchQuery(text)
        #expect(IndexQuery(query.expression).text == index)
        #expect(query.remarks.count == 1)
    }

    @Test("any text is a query")
    func anything() {
        var generator = SystemRandomNumberGenerator()
        let pieces = ["(", ")", "\"", "-", "*", "AND", "OR", "NOT", " ", " ", "a", "b", ":", "tag:", "in:", "before:", "日", "\u{301}", "”", "\\", "'", "\u{0}", "role:x"]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0..<20, using: &generator)).map { _ in pieces.randomElement()! }.joined()
            _ = IndexQuery(SearchQuery(text).expression).text
        }
        let long = SearchQuery((0..<500).map { "w\($0)" }.joined(separator: " "))
        #expect(long.expression?.phrases.count == SearchQuery.mostPhrases)
        #expect(long.remarks.count == 1)
    }

    @Test("what a filter does not understand is told", arguments: [
        "role:nobody", "before:soon", "after:2026-13", "after:2026-02-30", "before:", "tag:", "-before:2026", "model:\"\"",
    ])
    func remarks(text: String) {
        let query = SearchQuery("a " + text)
        #expect(query.remarks.count == 1)
        #expect(query.filters == SearchFilters())
        #expect(IndexQuery(query.expression).text == #""a""#)
    }

    @Test("a date is the beginning of what it names")
    func dates() throws {
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        func start(_ word: String) -> Int? { DateWord(word, now: now)?.start.milliseconds }
        let year = try #require(start("2026"))
        #expect(start("2026-01") == year && start("2026-01-01") == year && start("2026-1-1") == year)
        #expect(try #require(start("2026-11-02")) - #require(start("2026-11-01")) == 86_400_000)
        let today = try #require(start("today"))
        #expect(today <= now.milliseconds && now.milliseconds - today < 90_000_000)
        #expect(try #require(start("yesterday")) < today)
        #expect(start("12h") == now.milliseconds - 12 * 3_600_000)
        #expect(abs(try #require(start("7d")) - (now.milliseconds - 7 * 86_400_000)) <= 3_600_000)
        #expect(try #require(start("1y")) < #require(start("3m")))
        for word in ["", "d", "-1d", "20261", "26", "2026-1-1-1", "tomorrow", "99999999999d", "2026-00", "1x"] { #expect(start(word) == nil, "\(word)") }
    }

    @Test("a snippet shows what was found", arguments: [
        ("apple", "# A title\n\nSome **bold** `apple`\n- and a list", "A title Some bold [apple] and a list"),
        ("\"bold text\"", "**Bold** text, bold; text", "[Bold text], [bold; text]"), ("line", "call parse_line or parseLine", "call parse_[line] or parse[Line]"),
        ("本語", "日本語です", "日[本語]です"), ("日", "今日は日本", "今[日]は[日]本"), ("cafe", "Ein Cafe\u{301}.", "Ein [Cafe\u{301}]."), ("app*", "an apple", "an [apple]"),
        ("-x apple", "x apple", "x [apple]"), ("a b", "a b c", "[a] [b] c"), ("C++", "in C++ code", "in [C++] code"), ("none", "", ""),
        ("x", "```swift\nlet x = 1\n```\n---\n> quoted x", "let [x] = 1 quoted [x]"), ("stars", "2 * 3 *stars* a**b", "2 * 3 *[stars]* ab"),
    ])
    func snippet(query: String, text: String, marked: String) {
        let snippet = SnippetMaker(SearchQuery(query).wanted).snippet(of: text)
        #expect(snippet.pieces.map { $0.isHighlighted ? "[\($0.text)]" : String($0.text) }.joined() == marked)
    }

    @Test("a snippet of a long text is the part with the most of what was looked for")
    func longSnippet() {
        let filler = String(repeating: "lorem ipsum dolor 👩‍👩‍👧 ", count: 200)
        let text = filler + "apple " + filler + "an apple and a banana " + filler
        let snippet = SnippetMaker(SearchQuery("apple banana").wanted).snippet(of: text)
        #expect(snippet.pieces.filter(\.isHighlighted).map { String($0.text) } == ["apple", "banana"])
        #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
        #expect(snippet.text.utf8.count < 260)
        let start = SnippetMaker([]).snippet(of: text)
        #expect(start.text.hasPrefix("lorem") && start.highlights.isEmpty)
        let signs = SnippetMaker(SearchQuery("天气").wanted).snippet(of: String(repeating: "今日", count: 300) + "天气" + String(repeating: "很好", count: 300))
        #expect(signs.pieces.contains { $0.isHighlighted && $0.text == "天气" })
        let family = SnippetMaker(SearchQuery("x").wanted).snippet(of: String(repeating: "👩‍👩‍👧", count: 100) + "x" + String(repeating: "👩‍👩‍👧", count: 100))
        #expect(family.text.allSatisfy { ["👩‍👩‍👧", "x", "…"].contains($0) })
    }
}
