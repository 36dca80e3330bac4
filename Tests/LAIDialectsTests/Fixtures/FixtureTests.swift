import LAICore
import LAIDialects
import Testing

@Suite("The fixtures of each dialect")
struct FixtureTests {
    @Test("come to what they must", arguments: Fixture.all)
    func outcome(fixture: Fixture) {
        let events = decode(fixture.body, dialect: fixture.dialect)
        #expect(BrokenPromises.of(events) == [])
        let folded = Folded(events)
        let (message, end, expected) = (folded.message, folded.end, fixture.expected)
        #expect(message.text == expected.text)
        #expect(message.reasoning == expected.reasoning)
        #expect(message.refusal == expected.refusal)
        #expect(message.toolCalls.map { "\($0.name)(\($0.arguments))#\($0.id)" } == expected.calls)
        #expect(message.citations.compactMap(\.url) == expected.citations)
        #expect(end.reason == expected.reason)
        #expect(end.rawReason == expected.rawReason)
        #expect(end.stopSequence == expected.stopSequence)
        #expect(end.blockReason == expected.blockReason)
        #expect(end.usage == expected.usage)
        #expect(end.error?.code == expected.errorCode)
        if let words = expected.errorWords { #expect(end.error?.message == words) }
        #expect(folded.warnings.count == expected.warnings, "\(folded.warnings)")
        #expect(events.compactMap { if case .opaque(_, let opaque) = $0 { opaque.json } else { nil } } == expected.opaque)
        #expect(message.parts.compactMap(FixtureTests.other) == expected.otherParts)
        let start = events.compactMap { if case .started(let start) = $0 { start } else { nil } }.first
        #expect(start?.id == expected.id)
        #expect(start?.model == expected.model)
    }

    @Test("give the same events one byte at a time", arguments: Fixture.all)
    func bytes(fixture: Fixture) {
        let pieces = Array(repeating: 1, count: fixture.body.count)
        #expect(decode(fixture.body, dialect: fixture.dialect, pieces: pieces) == decode(fixture.body, dialect: fixture.dialect))
    }

    @Test("give the same events at every split", arguments: Fixture.all)
    func splits(fixture: Fixture) {
        let whole = decode(fixture.body, dialect: fixture.dialect)
        let different = fixture.body.indices.filter { decode(fixture.body, dialect: fixture.dialect, pieces: [$0]) != whole }
        #expect(different == [])
    }

    @Test("keep the promises of events wherever they break off", arguments: Fixture.all)
    func prefixes(fixture: Fixture) {
        let broken = LAIError(.interrupted, "The connection was lost.")
        for length in stride(from: 0, to: fixture.body.count, by: 7) {
            let events = decode(Array(fixture.body[..<length]), dialect: fixture.dialect, error: broken)
            #expect(BrokenPromises.of(events) == [], "after \(length) bytes")
        }
    }

    @Test("keep them where a line of theirs is missing, or comes twice", arguments: Fixture.all)
    func lines(fixture: Fixture) {
        let lines = fixture.body.split(separator: 0x0A, omittingEmptySubsequences: false)
        for index in lines.indices where !lines[index].isEmpty {
            let missing = Array((lines[..<index] + lines[(index + 1)...]).joined(separator: [0x0A]))
            let twice = Array((lines[...index] + [[]] + lines[index...]).joined(separator: [0x0A]))
            #expect(BrokenPromises.of(decode(missing, dialect: fixture.dialect)) == [], "without line \(index + 1)")
            #expect(BrokenPromises.of(decode(twice, dialect: fixture.dialect)) == [], "with line \(index + 1) twice")
        }
    }

    private static func other(_ part: Part) -> String? {
        switch part {
        case .image(let media): "image \(media.mediaType)"
        case .file(let media): "file \(media.mediaType)"
        case .serverTool(let tool): "tool \(tool.name)"
        case .alternative(let choice, let text): "choice \(choice): \(text)"
        case .text, .reasoning, .refusal, .toolCall, .toolResult: nil
        }
    }
}
