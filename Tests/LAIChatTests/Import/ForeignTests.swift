@testable import LAIChat
import LAICore
import LAIStreaming
import Testing

@Suite("What other programs write")
struct ForeignTests {
    @Test("a time is read with its fraction and offset", arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600_000), ("2024-12-31T23:59:59.999999Z", 1_735_689_599_999),
        ("2023-08-01T10:00:00.5+02:00", 1_690_876_800_500), ("2023-08-01T10:00:00-0330", 1_690_896_600_000), ("1969-12-31T23:59:59Z", -1000),
        ("2025-03-29T07:06:34.084721+00:00", 1_743_231_994_084), ("2100-03-01T00:00:00Z", 4_107_542_400_000),
    ])
    func times(text: String, milliseconds: Int) {
        #expect(ForeignTime.iso(.string(text))?.milliseconds == milliseconds)
    }

    @Test("what is no time is none", arguments: ["", "yesterday", "2025-13-01T00:00:00Z", "2025-01-01", "2025-01-01T25:00:00Z", "20250101T000000Z", "2025-01-01T00:00:00+"])
    func noTimes(text: String) { #expect(ForeignTime.iso(.string(text)) == nil) }

    @Test("seconds are read, and nonsense is none", arguments: [("1710000000.123456", 1_710_000_000_123 as Int?), ("1e300", nil), ("-1", nil), ("0", nil)])
    func seconds(literal: String, milliseconds: Int?) { #expect(ForeignTime.seconds(.number(literal))?.milliseconds == milliseconds) }

    @Test("marks of the page go, and half a mark stays", arguments: [
        ("a\u{E200}cite\u{E202}x\u{E201}b", "ab"), ("a\u{E200}open", "a\u{E200}open"), ("\u{E200}\u{E200}x\u{E201}y", "\u{E200}y"), ("plain", "plain"), ("\u{E201}", "\u{E201}"),
    ])
    func marks(text: String, expected: String) { #expect(ForeignText.withoutMarks(text) == expected) }

    @Test("a fence is longer than any in the code", arguments: [("a", "```\na\n```"), ("````\n", "`````\n````\n`````"), ("", "```\n\n```")])
    func fences(code: String, expected: String) { #expect(ForeignText.code(code) == expected) }

    @Test("ids are the same for the same, others for others, and of our form")
    func ids() throws {
        let one: MessageID = ForeignID.make(.chatGPT, "message", "a", "b")
        #expect(one == ForeignID.make(.chatGPT, "message", "a", "b"))
        // It must stay so for ever: it is what makes a second import harmless.
        #expect(one.description == "f088827f-04b7-81bc-a0b8-ac40e8df9114")
        #expect(one.description.dropFirst(14).first == "8")
        var all: Set<MessageID> = []
        var ends: Set<Substring> = []
        for source in ImportSource.allCases {
            for number in 0..<10_000 {
                let id: MessageID = ForeignID.make(source, "message", "c", "\(number)")
                all.insert(id)
                ends.insert(id.description.suffix(6))
            }
        }
        all.insert(ForeignID.make(.chatGPT, "message", "ab", ""))
        all.insert(ForeignID.make(.chatGPT, "message", "a", "b"))
        all.insert(ForeignID.make(.chatGPT, "messagea", "b"))
        #expect(all.count == 30_003)
        // The end of an id is how a person names it: as good as random ones, of which some 27 in 30,000 meet.
        #expect(ends.count > 29_900)
    }
}
