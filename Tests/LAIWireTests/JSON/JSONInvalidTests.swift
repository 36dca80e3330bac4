import LAIWire
import LAISamples
import Testing

@Suite("JSON texts that are not valid")
struct JSONInvalidTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: [UInt8]
        let kind: JSONError.Kind
        let offset: Int
        var testDescription: String { String(decoding: text, as: UTF8.self).debugDescription }

        init(_ text: String, _ kind: JSONError.Kind, _ offset: Int) { self.init(Array(text.utf8), kind, offset) }

        init(_ text: [UInt8], _ kind: JSONError.Kind, _ offset: Int) {
            self.text = text
            self.kind = kind
            self.offset = offset
        }

        /// An unexpected byte, which is the one at the offset.
        static func byte(_ text: String, _ offset: Int) -> Case {
            Case(text, .unexpectedByte(Array(text.utf8)[offset]), offset)
        }

        /// A text that ends too early.
        static func end(_ text: String) -> Case { Case(text, .unexpectedEnd, text.utf8.count) }
    }

    @Test("are refused with the reason and its place, read or passed over", arguments: structure + ends + trailing + scalars + strings + encoding)
    func invalid(example: Case) {
        expect(example, in: example.text, at: 0)
        if example.kind == .trailingBytes { return }
        expect(example, in: Array("[0,".utf8) + example.text, at: 3)
        expect(example, in: Array("{\"a\":{},\"b\":".utf8) + example.text, at: 12)
    }

    private func expect(_ example: Case, in text: [UInt8], at offset: Int, location: SourceLocation = #_sourceLocation) {
        for isRead in [false, true] {
            do throws(JSONError) {
                if isRead { _ = try Node(parsing: text) } else { try JSONReader.validate(text.span.bytes) }
                Issue.record("it was accepted", sourceLocation: location)
            } catch {
                #expect(error.kind == example.kind, "\(isRead)", sourceLocation: location)
                #expect(error.offset == example.offset + offset, "\(isRead)", sourceLocation: location)
            }
        }
    }

    static let structure: [Case] = [
        .byte("]", 0), .byte("}", 0), .byte(",", 0), .byte(":", 0), .byte("[,1]", 1), .byte("[1,]", 3), .byte("[1,,2]", 3),
        .byte("[1 2]", 3), .byte("[\"a\":1]", 4), .byte("[1}", 2), .byte("{1:2}", 1), .byte("{a:1}", 1), .byte("{'a':1}", 1),
        .byte("{\"a\"}", 4), .byte("{\"a\",1}", 4), .byte("{\"a\" 1}", 5), .byte("{\"a\"::1}", 5), .byte("{\"a\":}", 5),
        .byte("{\"a\":1,}", 7), .byte("{\"a\":1,,\"b\":2}", 7), .byte("{,}", 1), .byte("{\"a\":1 \"b\":2}", 7),
        .byte("{\"a\":1]", 6), .byte("{null:1}", 1), .byte("{[]:1}", 1), .byte("'a'", 0), .byte("[a", 1), .byte("abc", 0),
        .byte("NaN", 0), .byte("Infinity", 0), .byte("+1", 0), .byte(".5", 0), .byte("TRUE", 0), .byte("#", 0),
        .byte("/* c */1", 0), .byte("[1 // c\n]", 3), .byte("\0", 0), .byte("\u{B}1", 0), .byte("\u{C}1", 0), .byte("\u{7F}", 0),
        .byte("\u{A0}1", 0), .byte("\u{FEFF}1", 0), .byte("[\u{2028}1]", 1), .byte("é", 0), .byte("\\u0061", 0), .byte("[\0]", 1),
        .byte("{\"a\":1\0}", 6), .byte("[1\u{B}]", 2), .byte("[nullx]", 5), .byte("[truefalse]", 5), .byte("[1x]", 2), .byte("[1.5.2]", 4),
        .byte("[0x1]", 2), .byte("[1e5e5]", 4), .byte("[-1-1]", 3), .byte("[\"a\"\"b\"]", 4), .byte("[[]{}]", 3), .byte("[1_000]", 2),
    ]

    static let ends: [Case] = [
        .end(""), .end(" "), .end("\n\t"), .end("["), .end("[ "), .end("[1"), .end("[1,"), .end("[1, "), .end("[[]"), .end("{"),
        .end("{ "), .end("{\"a\""), .end("{\"a\" "), .end("{\"a\":"), .end("{\"a\":1"), .end("{\"a\":1,"), .end("{\"a\":1, "),
        .end("{\"a\":{}"), .end("\""), .end("\"a"), .end("\"01234567"), .end("\"012345678901234"), .end("\"a\\"), .end("\"\\u"),
        .end("\"\\u1"), .end("\"\\u123"), .end("\"é"), .end("{\"a"), .end("{\"a\\"), .end("\"\\\""), .end(#""\ud83d\u00"#),
    ]

    static let trailing: [Case] = [
        .init("1 2", .trailingBytes, 2), .init("1,", .trailingBytes, 1), .init("{}}", .trailingBytes, 2), .init("[]]", .trailingBytes, 2),
        .init("\"a\"b", .trailingBytes, 3), .init("nullx", .trailingBytes, 4), .init("1x", .trailingBytes, 1), .init("null\0", .trailingBytes, 4),
        .init("{}\n{}", .trailingBytes, 3), .init("1.5.2", .trailingBytes, 3), .init("1e1.5", .trailingBytes, 3), .init("0x1F", .trailingBytes, 1),
        .init("{} // c", .trailingBytes, 3), .init("[]\u{FEFF}", .trailingBytes, 2), .init("true\u{A0}", .trailingBytes, 4),
    ]

    static let scalars: [Case] = [
        .init("-", .invalidNumber, 0), .init("-x", .invalidNumber, 0), .init("--1", .invalidNumber, 0), .init("-.5", .invalidNumber, 0),
        .init("00", .invalidNumber, 0), .init("01", .invalidNumber, 0), .init("-012", .invalidNumber, 0), .init("1.", .invalidNumber, 0),
        .init("1.e1", .invalidNumber, 0), .init("1.x", .invalidNumber, 0), .init("1e", .invalidNumber, 0), .init("1e+", .invalidNumber, 0),
        .init("1E-", .invalidNumber, 0), .init("1ee2", .invalidNumber, 0),
        .init("-Infinity", .invalidNumber, 0), .init("-é", .invalidNumber, 0), .init("1.2e", .invalidNumber, 0), .init("0.", .invalidNumber, 0),
        .init("1e٣", .invalidNumber, 0), .init("n", .invalidLiteral, 0), .init("nul", .invalidLiteral, 0), .init("nulL", .invalidLiteral, 0),
        .init("nil", .invalidLiteral, 0), .init("t", .invalidLiteral, 0), .init("tru", .invalidLiteral, 0), .init("truE", .invalidLiteral, 0),
        .init("True", .unexpectedByte(0x54), 0), .init("f", .invalidLiteral, 0), .init("fals ", .invalidLiteral, 0),
        .init("falsy", .invalidLiteral, 0), .init("nan", .invalidLiteral, 0),
    ]

    static let strings: [Case] = [
        .init(#""\x""#, .invalidEscape, 1), .init(#""a\'""#, .invalidEscape, 2), .init(#""\a""#, .invalidEscape, 1),
        .init(#""\U0041""#, .invalidEscape, 1), .init(#""\0""#, .invalidEscape, 1), .init("\"\\\n\"", .invalidEscape, 1),
        .init("\"\\\0\"", .invalidEscape, 1), .init("\"\\é\"", .invalidEscape, 1), .init(#""\u00G0""#, .invalidEscape, 1),
        .init(#""\u 041""#, .invalidEscape, 1), .init(#""\u+041""#, .invalidEscape, 1), .init(#""\u12:4""#, .invalidEscape, 1),
        .init(#""\u123@""#, .invalidEscape, 1), .init(#""\u123`""#, .invalidEscape, 1), .init(#""\u123g""#, .invalidEscape, 1),
        .init(#""\u123/""#, .invalidEscape, 1), .init(#""\u12é""#, .invalidEscape, 1),
        .init(#""\ud83d\x""#, .invalidEscape, 7), .init(#""\u{41}""#, .invalidEscape, 1), .init(#"{"\q":1}"#, .invalidEscape, 2),
        .init("\"a\nb\"", .controlCharacter, 2), .init("\"\0\"", .controlCharacter, 1), .init("\"\t\"", .controlCharacter, 1),
        .init("\"0123456\u{1F}\"", .controlCharacter, 8), .init("\"01234567\u{1}89\"", .controlCharacter, 9),
        .init("{\"\r\":1}", .controlCharacter, 2), .init("\"é\u{8}\"", .controlCharacter, 3),
    ]

    /// Bytes that are no UTF-8 (Unicode, table 3-7), each at the front, behind other characters, and before them.
    static let encoding: [Case] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x22], [0xC2, 0xC2], [0xDF, 0x7F], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE0, 0xA0], [0xE0, 0xA0, 0x22], [0xE1, 0x80, 0xC0], [0xE6, 0xBC], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
        [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80],
        [0xF0, 0x9F, 0x99, 0x22], [0xF0, 0x9F, 0x22, 0x82], [0xF1, 0x80, 0x80, 0xFF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFE, 0xFF],
    ].flatMap { (bad: [UInt8]) -> [Case] in
        ["", "0123456", "漢"].flatMap { front in
            ["", "01234567"].map { back in
                Case([0x22] + Array(front.utf8) + bad + Array(back.utf8) + [0x22], .invalidUTF8, 1 + front.utf8.count)
            }
        }
    }

    @Test("are refused where they are nested more deeply than the bound")
    func deep() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let count = JSONReader.maxDepth + 1
            let text = Array((String(repeating: open, count: count) + "0" + String(repeating: close, count: count)).utf8)
            expect(Case(text, .tooDeep, (count - 1) * open.utf8.count), in: text, at: 0)
        }
        let endless = Array(String(repeating: "[", count: 1_000_000).utf8)
        expect(Case(endless, .tooDeep, 512), in: endless, at: 0)
    }

    @Test("are every text that was cut off before its end", arguments: 0..<20)
    func cutOff(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = GeneratedJSON.object(using: &random).text
        for count in 0..<text.count {
            #expect(throws: JSONError.self, "\(count)") { try JSONReader.validate(Array(text.prefix(count)).span.bytes) }
        }
    }

    @Test("tell what is wrong in a sentence")
    func sentences() {
        func sentence(_ text: String) -> String {
            do { try JSONReader.validate(Array(text.utf8).span.bytes) } catch { return "\(error)" }
            return ""
        }
        #expect(sentence("[1,]") == "unexpected character ']' at byte 3")
        #expect(sentence("[\0]") == "unexpected byte 0 at byte 1")
        #expect(sentence("{\"a\"") == "the text ends too early at byte 4")
    }
}
