import LAIWire
import LAISamples
import Testing

@Suite("A template of JSON texts")
struct JSONTemplateTests {
    /// Makes a template of an object in which the values of the keys `a` and `b` may differ.
    private func template(_ text: String) throws -> JSONTemplate? {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var reader = JSONReader(unsafeBytes: bytes)
            var strings: [JSONString] = []
            try reader.beginObject()
            while let key = try reader.nextKey() {
                if key == "a" || key == "b" { strings.append(try reader.string()) } else { try reader.skip() }
            }
            try reader.finish()
            return JSONTemplate(bytes, strings: strings)
        }
    }

    /// What the template finds: the first string that may differ, unescaped.
    private func match(_ template: JSONTemplate?, _ text: [UInt8]) -> String? {
        text.withUnsafeBytes { template?.match($0)?.string }
    }

    private static let one = #"{"i":1,"a":"x","n":[null]}"#
    private static let two = #"{"a":"x","i":1,"b":"yz"}"#

    @Test("recognises texts that differ in the string only", arguments: ["", "x", "hello", #"\n\"\\"#, "é漢🙂", #"\ud83d\ude00"#, #"}]{,:"#])
    func matches(word: String) throws {
        let text = Array(Self.one.replacing(#""x""#, with: "\"\(word)\"").utf8)
        let found = try #require(match(try template(Self.one), text))
        #expect(try Node(parsing: Array("\"\(word)\"".utf8)) == .text(found))
    }

    @Test("gives the first of two strings")
    func twoStrings() throws {
        let template = try template(Self.two)
        #expect(match(template, Array(#"{"a":"p","i":1,"b":"q"}"#.utf8)) == "p")
        #expect(match(template, Array(#"{"a":"","i":1,"b":""}"#.utf8)) == "")
        #expect(match(template, Array(Self.two.utf8)) == "x")
    }

    @Test("takes nothing that differs elsewhere, or is no JSON", arguments: [
        #"{"i":2,"a":"x","n":[null]}"#, #"{"i":1,"a":"x","n":[null]} "#, #"{"i":1,"a":"x","n":[null]"#, #"{"i":1,"a":"x","n":[null]}}"#,
        #" {"i":1,"a":"x","n":[null]}"#, #"{"i":1,"a":"x" ,"n":[null]}"#, #"{"i":1,"a":x,"n":[null]}"#, #"{"i":1,"a":"x,"n":[null]}"#,
        #"{"i":1,"a":"x"x","n":[null]}"#, #"{"i":1,"a":"\x","n":[null]}"#, #"{"i":1,"a":"x\","n":[null]}"#, #"{"i":1,"a":null,"n":[null]}"#,
        "{\"i\":1,\"a\":\"\n\",\"n\":[null]}", "{\"i\":1,\"a\":\"", "{\"i\":1,\"a\":", "", "{", #"{"i":1,"a":"x","n":[true]}"#,
        #"{"i":1,"a":"x","a":"y","n":[null]}"#, #"{"i":1,"a":"x","n":[null],"a":"y"}"#, #"{"a":"x","i":1,"n":[null]}"#,
    ])
    func differences(text: String) throws {
        #expect(match(try template(Self.one), Array(text.utf8)) == nil)
    }

    @Test("takes no string that is not UTF-8")
    func encoding() throws {
        let text = Array(#"{"i":1,"a":""#.utf8) + [0xFF] + Array(#"","n":[null]}"#.utf8)
        #expect(match(try template(Self.one), text) == nil)
    }

    @Test("recognises only what reads to the same value with another string", arguments: 0..<16)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let rest = GeneratedJSON.value(using: &random).text
            func text(_ word: [UInt8], _ other: [UInt8]) -> [UInt8] {
                Array("{\"x\":".utf8) + rest + Array(",\"a\":".utf8) + word + Array(",\"b\":".utf8) + other + Array("}".utf8)
            }
            let first = text(GeneratedJSON.string(using: &random).text, GeneratedJSON.string(using: &random).text)
            let template = try template(String(decoding: first, as: UTF8.self))
            let word = GeneratedJSON.string(using: &random)
            var next = text(word.text, GeneratedJSON.string(using: &random).text)
            #expect(match(template, next).map(Node.text) == word.node)
            // Spoiled, it is either refused, or good JSON that says what was found.
            Damage.any(&next, using: &random)
            guard let found = match(template, next) else { continue }
            guard case .object(let members) = try Node(parsing: next) else { continue }
            #expect(members.last { $0.key == [0x61] }?.value == .text(found))
        }
    }

    @Test("is none of strings that do not follow one another")
    func order() throws {
        let text = Array(Self.two.utf8)
        try text.withUnsafeBytes { bytes in
            var reader = JSONReader(unsafeBytes: bytes)
            try reader.beginObject()
            var strings: [JSONString] = []
            while let key = try reader.nextKey() {
                if key == "a" || key == "b" { strings.insert(try reader.string(), at: 0) } else { try reader.skip() }
            }
            let template: JSONTemplate? = JSONTemplate(bytes, strings: strings)
            #expect(template?.match(bytes) == nil)
        }
    }
}
