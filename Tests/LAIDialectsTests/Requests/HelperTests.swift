import LAICore
import Testing

@testable import LAIDialects

@Suite("What the builders share")
struct HelperTests {
    static let versions: [(String, Int, Int)] = [
        ("claude-3-7-sonnet-20250219", 3, 7), ("claude-opus-4-20250514", 4, 0), ("claude-opus-4-6", 4, 6),
        ("anthropic/claude-sonnet-4.5", 4, 5), ("us.anthropic.claude-opus-4-8-v1:0", 4, 8),
        ("gemini-2.5-flash-lite", 2, 5), ("models/gemini-3-pro-preview", 3, 0), ("gpt-4o-2024-05-13", 4, 0),
        ("gpt-5.1-2025-11-13", 5, 1), ("gpt-5-2025-08-07", 5, 0), ("gpt-4.1-mini", 4, 1),
    ]

    @Test("A model's version is read from its name, and a date is none", arguments: versions)
    func version(name: String, major: Int, minor: Int) {
        #expect(ModelName(name).version == ModelName.Version(major: major, minor: minor))
    }

    @Test(
        "A name without a version has none",
        arguments: ["gemini-pro-latest", "claude-mythos-preview", "mistral-large-2411", "", "/"])
    func noVersion(name: String) {
        #expect(ModelName(name).version == nil)
    }

    static let base64Cases: [(String, String?)] = [
        ("", ""), ("SGk=", "Hi"), ("SGk", "Hi"), ("SGVsbG8=", "Hello"), ("w6Q=", "ä"), ("Pz8_Pw", "????"),
        ("SGVsbG8h", "Hello!"), ("S", nil), ("SG k=", nil), ("SGk=SGk=", nil),
    ]

    @Test("Base64 is read with either alphabet, and nothing else is", arguments: base64Cases)
    func base64(text: String, expected: String?) {
        #expect(Base64.decode(text).map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test("An id that fits stays, another becomes the same one each time")
    func ids() {
        let word = ToolCallIDRule.word(maxLength: 40)
        #expect(word.fit("toolu_01-A") == "toolu_01-A")
        let made = word.fit("functions.weather:0")
        #expect(made == word.fit("functions.weather:0") && made != word.fit("functions.weather:1"))
        #expect(made.hasPrefix("call_") && made.utf8.count == 21)
        #expect(word.fit(String(repeating: "x", count: 41)).utf8.count == 21)
        #expect(word.fit("").hasPrefix("call_"))
        let nine = ToolCallIDRule.alphanumeric(length: 9)
        #expect(nine.fit("aB3dE6gH9") == "aB3dE6gH9")
        #expect(nine.fit("call_1").utf8.count == 9 && nine.fit("call_1") != nine.fit("call_2"))
        #expect(ToolCallIDRule.any.fit("functions.weather:0") == "functions.weather:0")
    }

    static let levels: [(Reasoning.Effort, [Reasoning.Effort], Reasoning.Effort?)] = [
        (.minimal, [.low, .medium, .high], .low), (.max, [.low, .medium, .high], .high),
        (.medium, [.low, .high], .high),
        (.low, [.high], .high), (.high, [.low, .medium, .high], .high), (.xhigh, [], nil),
    ]

    @Test("The nearest level is taken, the higher one of two", arguments: levels)
    func nearest(effort: Reasoning.Effort, levels: [Reasoning.Effort], expected: Reasoning.Effort?) {
        #expect(effort.nearest(in: levels) == expected)
    }

    @Test("A path's segment is percent-encoded byte by byte")
    func percentEncoding() {
        #expect("a b/ä~._-?".percentEncoded == "a%20b%2F%C3%A4~._-%3F")
    }

    @Test("A schema always says that it is an object")
    func schemas() {
        #expect(
            Tool(name: "a", description: "", parameters: .null).schema.text == #"{"type":"object","properties":{}}"#)
        #expect(Tool(name: "a", description: "", parameters: [:]).schema.text == #"{"type":"object","properties":{}}"#)
        #expect(
            Tool(name: "a", description: "", parameters: ["properties": [:]]).schema.text
                == #"{"type":"object","properties":{}}"#)
        #expect(weather.schema == weather.parameters)
    }

    @Test("A data address counts as bytes")
    func dataAddress() {
        let media = Media(mediaType: "image/png", source: .url("data:image/png;base64,AAAA"))
        #expect(media.place.address == "data:image/png;base64,AAAA")
        guard case .base64("image/png", "AAAA") = media.place else { return #expect(Bool(false)) }
        guard case .reference("file-1") = Media(mediaType: "", source: .url("file-1")).place else {
            return #expect(Bool(false))
        }
    }
}
