import LAICore
@testable import LAIStorage
import Testing

@Suite("The journal's bytes")
struct JournalCodingTests {
    @Test("give back any events")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let events = (0..<Int.random(in: 0...40, using: &generator)).map { _ in Self.event(&generator) }
            #expect(try JournalCoding.decode(JournalCoding.encode(events)) == events)
        }
    }

    @Test("cost a byte or two a delta beside its text")
    func size() {
        let events = (0..<100_000).map { StreamEvent.delta(block: 1, text: " word\($0 % 10)") }
        let text = events.count * 6
        #expect(JournalCoding.encode(events).count < text + events.count + 10)
    }

    @Test("are refused when they are damaged, whatever the damage", arguments: 0..<200)
    func damage(seed: Int) {
        var generator = SystemRandomNumberGenerator()
        var bytes = JournalCoding.encode((0..<20).map { _ in Self.event(&generator) })
        for _ in 0..<Int.random(in: 1...5) { bytes[Int.random(in: bytes.indices)] = UInt8.random(in: 0...255) }
        bytes.removeLast(Int.random(in: 0...3))
        // It may read as other events, or throw; it must not trap.
        do { _ = try JournalCoding.decode(bytes) } catch { #expect(error.code == .file || error.code == .invalidRequest) }
    }

    private static func event(_ generator: inout SystemRandomNumberGenerator) -> StreamEvent {
        let block = Int.random(in: 0...300, using: &generator)
        let text = String(repeating: "ä🙂\n\"\u{0}", count: Int.random(in: 1...60, using: &generator))
        var end = StreamEnd(.failed, rawReason: text, error: LAIError(.rateLimited, text, provider: "p", status: 429))
        end.usage = Usage(inputTokens: 1, outputTokens: 2, source: .estimated)
        let others: [StreamEvent] = [
            .started(ResponseStart(id: nil, model: text)), .blockStarted(BlockStart(block: block, kind: .toolCall(id: "i", name: text, isCustom: true))),
            .toolCall(block: block, ToolCall(id: "i", name: "n", arguments: text, opaque: Opaque(dialect: "d", json: "{}"))),
            .opaque(block: block, Opaque(dialect: "gemini", json: text)), .citation(block: block, Citation(url: text)),
            .media(block: block, Media(mediaType: "image/png", name: text, source: .url(text))), .blockEnded(block: block),
            .usage(Usage(cachedTokens: 3)), .warning(StreamWarning(.provider, text)), .end(end),
        ]
        return Bool.random(using: &generator) ? .delta(block: block % 3, text: text) : others.randomElement(using: &generator)!
    }
}
