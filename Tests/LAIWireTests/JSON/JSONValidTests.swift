import LAIWire
import Testing

@Suite("JSON texts that are valid")
struct JSONValidTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: [UInt8]
        let node: Node
        let testDescription: String

        init(_ text: String, _ node: Node) {
            self.text = Array(text.utf8)
            self.node = node
            testDescription = text.debugDescription
        }
    }

    @Test("are read to their value", arguments: literals + numbers + containers + whiteSpace + strings + escapes + surrogates)
    func valid(example: Case) throws {
        try JSONReader.validate(example.text.span.bytes)
        #expect(try Node(parsing: example.text) == example.node)
        // The same value in the midst of others, where the end of the text is not near.
        let text = Array("[0,".utf8) + example.text + Array(" ,\"1234567890\"]".utf8)
        try JSONReader.validate(text.span.bytes)
        #expect(try Node(parsing: text) == .array([.number("0"), example.node, .text("1234567890")]))
    }

    static let literals: [Case] = [.init("null", .null), .init("true", .bool(true)), .init("false", .bool(false))]

    static let numbers: [Case] = [
        "0", "-0", "1", "-1", "42", "9007199254740993", "123456789012345678901234567890", "0.5", "-0.0", "1.0", "10.01",
        "3.141592653589793238462643383279", "0e1", "0e+1", "0E-0", "1e5", "1E5", "1e+05", "1E-22", "123.456e78", "20e1", "1e999",
        "-1e-999", "0.000000000000000000000000000000001", "1.000000000000000005",
    ].map { Case($0, .number($0)) }

    static let containers: [Case] = [
        .init("[]", .array([])),
        .init("{}", .object([])),
        .init("[null]", .array([.null])),
        .init("[[]]", .array([.array([])])),
        .init("[[],[[]],{}]", .array([.array([]), .array([.array([])]), .object([])])),
        .init("[1,null,true,\"a\",[],{}]", .array([.number("1"), .null, .bool(true), .text("a"), .array([]), .object([])])),
        .init("{\"a\":1}", .object([.member("a", .number("1"))])),
        .init("{\"\":0}", .object([.member("", .number("0"))])),
        .init("{\"b\":1,\"a\":2,\"b\":3}",
            .object([.member("b", .number("1")), .member("a", .number("2")), .member("b", .number("3"))])),
        .init("{\"a\":{\"b\":[{\"c\":null}]},\"d\":[]}",
            .object([
                .member("a", .object([.member("b", .array([.object([.member("c", .null)])]))])), .member("d", .array([])),
            ])),
        .init("{\"a\\u0000b\":\"\\u0000\"}", .object([.member("a\0b", .text("\0"))])),
        .init("{\"\\\"\":1,\"\\\\\":2}", .object([.member("\"", .number("1")), .member("\\", .number("2"))])),
    ]

    static let whiteSpace: [Case] = [
        .init(" null", .null), .init("null ", .null), .init("\t\r\n true \n\r\t", .bool(true)), .init(" 0 ", .number("0")),
        .init(" \"\" ", .text("")), .init("[ ]", .array([])), .init("{\n}", .object([])),
        .init(" [ 1 ,\n2\t,\r3 ] ", .array([.number("1"), .number("2"), .number("3")])),
        .init(" { \"a\" :\n1\t,\r\"b\" : { } } ", .object([.member("a", .number("1")), .member("b", .object([]))])),
    ]

    static let strings: [Case] = [
        .init("\"\"", .text("")), .init("\"a\"", .text("a")), .init("\" \"", .text(" ")),
        .init("\"{[]}:,null\"", .text("{[]}:,null")),
        .init("\"\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFE}\u{FFFF}\u{10000}\u{10FFFF}\"",
            .text("\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFE}\u{FFFF}\u{10000}\u{10FFFF}")),
        .init("\"\u{2028}\u{2029}\u{85}\u{FEFF}\"", .text("\u{2028}\u{2029}\u{85}\u{FEFF}")),
        .init("\"e\u{301}é\"", .text("e\u{301}é")),
        .init("\"日本語 😀👩‍👩‍👧 العربية\"", .text("日本語 😀👩‍👩‍👧 العربية")),
    ]

    static let escapes: [Case] = [
        .init(#""\"\\\/\b\f\n\r\t""#, .text("\"\\/\u{8}\u{C}\n\r\t")),
        .init(#""\u0041\u00e9\u6F22\uFFFF\u0000""#, .text("Aé漢\u{FFFF}\0")),
        .init(#""\u0022\u005c\u002F""#, .text("\"\\/")),
        .init(#""\u2028\u2029\u007f\u0080\u07ff\u0800""#, .text("\u{2028}\u{2029}\u{7F}\u{80}\u{7FF}\u{800}")),
        .init(#""\\u0041""#, .text("\\u0041")), .init(#""\\\u0041\\""#, .text("\\A\\")),
        .init(#""\uABCD\uabcd\uAbCd\u0f0F""#, .text("\u{ABCD}\u{ABCD}\u{ABCD}\u{F0F}")),
        .init(#""漢\n漢\u6f22漢""#, .text("漢\n漢漢漢")), .init(#""/\/""#, .text("//")),
    ]

    /// Pairs of surrogates stand for one scalar, half a pair for U+FFFD.
    static let surrogates: [Case] = [
        .init(#""\ud83d\ude00""#, .text("😀")), .init(#""\uD83D\uDE00""#, .text("😀")),
        .init(#""\ud800\udc00\udbff\udfff""#, .text("\u{10000}\u{10FFFF}")),
        .init(#""\ud83d""#, .text("\u{FFFD}")), .init(#""\ude00""#, .text("\u{FFFD}")),
        .init(#""a\ud83db""#, .text("a\u{FFFD}b")), .init(#""\ud83d\n""#, .text("\u{FFFD}\n")),
        .init(#""\ud83d\u0041""#, .text("\u{FFFD}A")), .init(#""\ud83dude00""#, .text("\u{FFFD}ude00")),
        .init(#""\ud83d\\ude00""#, .text("\u{FFFD}\\ude00")), .init(#""\ud83d\ud83d\ude00""#, .text("\u{FFFD}😀")),
        .init(#""\ude00\ud83d""#, .text("\u{FFFD}\u{FFFD}")), .init(#""\ud83d\ude00\ude00""#, .text("😀\u{FFFD}")),
        .init(#""\ude00\ude00""#, .text("\u{FFFD}\u{FFFD}")),
        .init(#""\ud7ff\ue000""#, .text("\u{D7FF}\u{E000}")), .init(#""\udbff\ue000""#, .text("\u{FFFD}\u{E000}")),
        .init(#"{"\ud83d":"\udfff"}"#, .object([.member("\u{FFFD}", .text("\u{FFFD}"))])),
    ]

    @Test("are read wherever a special byte lies in a word of eight", arguments: 0...24)
    func alignment(count: Int) throws {
        let filler = String(repeating: "x", count: count)
        for (written, meant) in [("\\\"", "\""), ("\\\\", "\\"), ("é", "é"), ("🙂", "🙂"), ("\\ud83d\\ude00", "😀"), ("\u{7F}", "\u{7F}"), ("!#[]", "!#[]")] {
            for rest in ["", "y", "0123456", "01234567", "0123456789012345"] {
                let node = try Node(parsing: Array("\"\(filler)\(written)\(rest)\"".utf8))
                #expect(node == .text(filler + meant + rest))
            }
        }
    }

    @Test("may be nested as deeply as the bound")
    func deep() throws {
        let depth = JSONReader.maxDepth
        #expect(depth == 512)
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            let count = depth / (open.utf8.count == 6 ? 2 : 1)
            let text = String(repeating: open, count: count) + "0" + String(repeating: close, count: count)
            try JSONReader.validate(Array(text.utf8).span.bytes)
        }
        // Depth is what is open at once.
        let wide = "[" + String(repeating: "[[]],{\"a\":{}},", count: 2000) + "0]"
        try JSONReader.validate(Array(wide.utf8).span.bytes)
    }

    @Test("may hold strings of megabytes")
    func long() throws {
        let text = String(repeating: "0123456é漢🙂\\n", count: 60_000)
        let node = try Node(parsing: Array("\"\(text)\"".utf8))
        #expect(node == .text(text.replacing("\\n", with: "\n")))
    }
}
