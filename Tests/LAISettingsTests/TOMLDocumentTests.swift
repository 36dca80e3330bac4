import LAICore
import Testing

@testable import LAISettings

@Suite("A TOML text")
struct TOMLDocumentTests {
    @Test(
        "may have every form of value that TOML 1.0 has",
        arguments: [
            ("+99", .integer(99)), ("0", .integer(0)), ("-0", .integer(0)), ("1_000", .integer(1000)),
            ("0xDEAD_beef", .integer(0xDEAD_BEEF)), ("0o755", .integer(0o755)), ("0b1101", .integer(13)),
            ("-0.01", .decimal(-0.01)), ("5e+22", .decimal(5e22)), ("6.626E-34", .decimal(6.626e-34)),
            ("1e06", .decimal(1e6)), ("224_617.445_991_228", .decimal(224_617.445991228)),
            ("+inf", .decimal(.infinity)),
            ("-nan", .special("nan")), ("true", .boolean(true)), ("false", .boolean(false)),
            ("1979-05-27T07:32:00Z", .special("1979-05-27T07:32:00Z")), ("07:32:00", .special("07:32:00")),
            ("1979-05-27t00:32:00.999-07:00", .special("1979-05-27T00:32:00.999-07:00")),
            ("1979-05-27 00:32:00", nil), ("1979-05-27", .special("1979-05-27")),
            ("\"a\\tb\\u00E9\\U0001F600\\\"\"", .text("a\tbé😀\"")), ("'C:\\x'", .text("C:\\x")), ("''", .text("")),
            ("\"\"\"\na\n  \\  \n\n  b\"\"\"", .text("a\n  b")), ("'''\n\\a\n'''", .text("\\a\n")),
            ("\"\"\"\"a\"\" \"\"\"\"\"", .text("\"a\"\" \"\"")), ("'''''a'''''", .text("''a''")),
            ("[ # c\n 1, 'a', [], \n]", .list([.integer(1), .text("a"), .list([])])),
            ("[{ a = 1 }, {}]", .list([.table(["a": .integer(1)]), .table([:])])),
            (
                "{ a.b = 1, 'c' = { d = [\n] } }",
                .table(["a": .table(["b": .integer(1)]), "c": .table(["d": .list([])])])
            ),
        ] as [(String, TOMLNode?)])
    func values(source: String, expected: TOMLNode?) throws {
        for text in ["v = \(source)", "v=\(source)#c\n", "\t\"v\" \t= \t\(source) \t# c\nw = 1"] {
            let document = try TOMLDocument(bytes: Array(text.utf8), file: "x")
            let node = try #require(document.root["v"])
            if let expected { #expect(node == expected) }
            let entry = document.outline.entries[try #require(document.outline.entry(at: ["v"]))]
            #expect(String(decoding: document.bytes[entry.value], as: UTF8.self) == source)
        }
    }

    @Test(
        "has no other values",
        arguments: [
            "01", "+01", "1_", "_1", "1__0", "1.", ".1", "1e", "1.e2", "0x", "0xg", "-0x1", "0b2", "0x1.8p1", "1e2.3",
            "+", "-",
            "+true", "infinity", "True", "07:32", "1979-5-27", "1979-05-27T", "1979-05-27T07:32", "07:32:00.",
            "1979-05-27 x",
            "1979-05-27T07:32:00+07", "1 2", "a", "-a", "\"a", "'a", "\"\\x41\"", "\"\\u12\"", "\"\\u+041\"",
            "\"\"\"a\"\"",
            "[1 2]", "[,]", "[1", "{a}", "{a = 1,}", "{,}", "{a = 1", "{a = 1\n}", "}", ",", "=", "# c", "", "\"a\nb\"",
            "@",
        ])
    func invalidValues(source: String) throws {
        for text in ["v = \(source)", "v = [\(source)", "v = { w = \(source)", "v = \(source)\nw = 1"] {
            let error = try #require(throws: LAIError.self) { try TOMLDocument(bytes: Array(text.utf8), file: "x") }
            #expect(error.message.contains("the text is not valid TOML"))
        }
    }

    @Test(
        "has keys and headers of these forms only",
        arguments: [
            "[a", "[]", "[[a]", "[[a] ]", "[a]]", "[[[a]]]", "[.a]", "[a.]", "[a]b = 1",
            "= 1", ".a = 1", "a. = 1", "a..b = 1", "a b = 1", "\"\"\"a\"\"\" = 1", "a", "a =", "a = 1 b = 2", "'a = 1",
            "@ = 1", "[,]", "[#]",
        ])
    func invalidKeys(text: String) throws {
        for text in [text, text + "\n", "x = 1\n" + text] {
            let error = try #require(throws: LAIError.self) { try TOMLDocument(bytes: Array(text.utf8), file: "x") }
            #expect(error.message.contains("the text is not valid TOML"))
        }
    }

    @Test(
        "is written so that it reads the same",
        arguments: [
            TOMLNode.text("a\"\\\n\r\t\u{1}\u{7F}é😀"), .integer(.min), .decimal(1e21), .decimal(0.1), .decimal(-1e-7),
            .boolean(true), .list([.text("]"), .list([])]),
            .table(["a b": .table(["": .integer(1)]), "c": .table([:])]), .decimal(.infinity),
        ])
    func writing(node: TOMLNode) throws {
        let document = try TOMLDocument(bytes: Array("v = \(node.source)".utf8), file: "x")
        #expect(document.root["v"] == node)
    }
}
