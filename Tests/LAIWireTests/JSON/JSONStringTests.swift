import LAIWire
import Testing

@Suite("Strings in JSON")
struct JSONStringTests {
    private func compare(_ written: String, _ body: (JSONString) -> Bool) throws -> Bool {
        try JSONReader.read(Array("\"\(written)\"".utf8).span.bytes) { (reader) throws(JSONError) in body(try reader.string()) }
    }

    @Test("are equal to a literal of the same text, whatever its length")
    func equal() throws {
        #expect(try compare("") { $0 == "" })
        #expect(try compare("i") { $0 == "i" })
        #expect(try compare("id") { $0 == "id" })
        #expect(try compare("type") { $0 == "type" })
        #expect(try compare("index") { $0 == "index" })
        #expect(try compare("content") { $0 == "content" })
        #expect(try compare("response") { $0 == "response" })
        #expect(try compare("arguments") { $0 == "arguments" })
        #expect(try compare("tool_calls:1") { $0 == "tool_calls:1" })
        #expect(try compare("finish_reason:1") { $0 == "finish_reason:1" })
        #expect(try compare("content_block_delta") { $0 == "content_block_delta" })
    }

    @Test("are not equal to a literal that differs in any one byte", arguments: 1...20)
    func unequal(length: Int) throws {
        let literal = "abcdefghijklmnopqrst"
        for index in 0..<length {
            var bytes = Array(literal.utf8.prefix(length))
            bytes[index] ^= 0x01
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(try !isEqual(text, length: length))
        }
        #expect(try isEqual(String(literal.prefix(length)), length: length))
        #expect(try !isEqual(String(literal.prefix(length - 1)), length: length))
        #expect(try !isEqual(literal.prefix(length) + "x", length: length))
    }

    /// Compares with the beginning of the alphabet; a literal cannot be made at run time.
    private func isEqual(_ text: some StringProtocol, length: Int) throws -> Bool {
        try compare(String(text)) { string in
            switch length {
            case 1: string == "a"
            case 2: string == "ab"
            case 3: string == "abc"
            case 4: string == "abcd"
            case 5: string == "abcde"
            case 6: string == "abcdef"
            case 7: string == "abcdefg"
            case 8: string == "abcdefgh"
            case 9: string == "abcdefghi"
            case 10: string == "abcdefghij"
            case 11: string == "abcdefghijk"
            case 12: string == "abcdefghijkl"
            case 13: string == "abcdefghijklm"
            case 14: string == "abcdefghijklmn"
            case 15: string == "abcdefghijklmno"
            case 16: string == "abcdefghijklmnop"
            case 17: string == "abcdefghijklmnopq"
            case 18: string == "abcdefghijklmnopqr"
            case 19: string == "abcdefghijklmnopqrs"
            default: string == "abcdefghijklmnopqrst"
            }
        }
    }

    @Test("count escapes as what they stand for")
    func escapedEquality() throws {
        #expect(try compare(#"t\u0079pe"#) { $0 == "type" })
        #expect(try compare(#"\u0074\u0079\u0070\u0065"#) { $0 == "type" })
        #expect(try compare(#"a\/b"#) { $0 == "a/b" })
        #expect(try compare(#"a\nb"#) { $0 == "a\nb" })
        #expect(try !compare(#"t\u0079p"#) { $0 == "type" })
        #expect(try !compare(#"t\u0059pe"#) { $0 == "type" })
        #expect(try !compare(#"type\u0000"#) { $0 == "type" })
    }

    @Test("are not equal to a literal that only looks the same")
    func canonicalEquivalence() throws {
        // The Kelvin sign and K, the Greek question mark and ; are equal as Swift's strings, but not as bytes.
        #expect(try !compare("\u{212A}") { $0 == "K" })
        #expect(try !compare(#"\u212a"#) { $0 == "K" })
        #expect(try !compare(#"\u037e"#) { $0 == ";" })
    }

    @Test("find a prefix")
    func prefix() throws {
        #expect(try compare("response.created") { $0.hasPrefix("response.") })
        #expect(try compare("response.") { $0.hasPrefix("response.") })
        #expect(try compare("x") { $0.hasPrefix("") })
        #expect(try !compare("response") { $0.hasPrefix("response.") })
        #expect(try !compare("responsE.created") { $0.hasPrefix("response.") })
        #expect(try !compare("") { $0.hasPrefix("r") })
    }

    @Test("know that they are empty", arguments: [("", true), ("a", false), (#"\u0000"#, false)])
    func isEmpty(written: String, isEmpty: Bool) throws { #expect(try compare(written) { $0.isEmpty } == isEmpty) }

    @Test("are keys in escaped form too")
    func keys() throws {
        let text = Array(#"{"\u0069d":"a","i\u0064x":"b","id":"c"}"#.utf8)
        let ids = try JSONReader.read(text.span.bytes) { (reader) throws(JSONError) in
            var ids: [String] = []
            try reader.beginObject()
            while let key = try reader.nextKey() {
                if key == "id" { ids.append(try reader.string().string) } else { try reader.skip() }
            }
            try reader.finish()
            return ids
        }
        #expect(ids == ["a", "c"])
    }

    @Test("keep every scalar, escaped or not", arguments: 0..<0x11)
    func scalars(plane: UInt32) throws {
        // Every scalar of the planes that are used, and the ends of the others.
        for value in stride(from: plane << 16, to: plane << 16 + 0x10000, by: plane < 2 ? 13 : 4093) {
            guard let scalar = Unicode.Scalar(value), value >= 0x20, scalar != "\"", scalar != "\\" else { continue }
            let units = UTF16.encode(scalar)!.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            let expected = Node.text(String(Character(scalar)))
            #expect(try Node(parsing: Array("\"\(Character(scalar))\"".utf8)) == expected)
            #expect(try Node(parsing: Array("\"\(units.joined())\"".utf8)) == expected)
        }
    }
}
