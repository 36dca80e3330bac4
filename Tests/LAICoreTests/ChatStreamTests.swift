import LAICore
import Synchronization
import Testing

@Suite("A stream")
struct ChatStreamTests {
    static let hello: [[StreamEvent]] = [
        [.started(ResponseStart(model: "m")), .blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "Hel")],
        [.delta(block: 0, text: "lo"), .blockEnded(block: 0)],
        [.end(StreamEnd(.stop))],
    ]
    static let broken: [[StreamEvent]] = [
        hello[0], [.end(StreamEnd(.interrupted, error: LAIError(.interrupted, "It broke off.")))],
    ]

    @Test("gives its text, piece by piece")
    func text() async throws {
        var pieces: [String] = []
        for try await piece in stream(ChatStreamTests.hello).text { pieces.append(piece) }
        #expect(pieces == ["Hel", "lo"])
    }

    @Test("gives the growing message")
    func messages() async throws {
        var texts: [String] = []
        for try await message in stream(ChatStreamTests.hello).messages { texts.append(message.text) }
        #expect(texts == ["Hel", "Hello", "Hello"])
    }

    @Test("has the whole message in its end")
    func end() async throws {
        let end = try await stream(ChatStreamTests.hello).end()
        #expect(end.message.text == "Hello")
        #expect(end.reason == .stop)
    }

    @Test("throws the error of a broken answer after all that came, with the partial message in it")
    func broken() async throws {
        var pieces: [String] = []
        let error = await #expect(throws: LAIError.self) {
            for try await piece in stream(ChatStreamTests.broken).text { pieces.append(piece) }
        }
        #expect(pieces == ["Hel"])
        #expect(error?.partial?.text == "Hel")
        #expect(error?.code == .interrupted)
    }

    @Test("gives its end as an event before it throws")
    func brokenEvents() async throws {
        var ends = 0
        await #expect(throws: LAIError.self) {
            for try await event in stream(ChatStreamTests.broken) { if case .end = event { ends += 1 } }
        }
        #expect(ends == 1)
    }

    @Test("closes its source when the loop is left")
    func leaving() async throws {
        let source = FixedSource(ChatStreamTests.hello)
        for try await _ in ChatStream({ source }).text { break }
        #expect(source.isCancelled)
    }

    @Test("does not begin before it is read")
    func lazy() {
        let began = Mutex(false)
        _ = ChatStream {
            began.withLock { $0 = true }
            return FixedSource(ChatStreamTests.hello)
        }
        #expect(!began.withLock { $0 })
    }

    @Test("can be read only once, and says so")
    func twice() async throws {
        let stream = stream(ChatStreamTests.hello)
        _ = try await stream.end()
        let error = await #expect(throws: LAIError.self) { try await stream.end() }
        #expect(error?.message.contains("read already") == true)
    }

    @Test("estimates the usage that a provider does not report, and marks it so")
    func estimates() async throws {
        let end = try await ChatStream(promptBytes: 9) { FixedSource(ChatStreamTests.hello) }.end()
        #expect(end.usage == Usage(inputTokens: 3, outputTokens: 2, source: .estimated))
    }

    @Test("can be made when it is first read, with the estimates and the amendments of what was made")
    func deferred() async throws {
        let made = Mutex(0)
        let stream = ChatStream.deferred {
            made.withLock { $0 += 1 }
            return ChatStream(promptBytes: 9) { FixedSource(ChatStreamTests.hello) }.amendingEnd { end, _ in end.rawReason = "amended" }
        }
        #expect(made.withLock { $0 } == 0)
        let end = try await stream.end()
        #expect(made.withLock { $0 } == 1)
        #expect(end.usage == Usage(inputTokens: 3, outputTokens: 2, source: .estimated))
        #expect(end.rawReason == "amended")
    }

    @Test("that could not be made ends with the reason")
    func neverMade() async throws {
        let stream = ChatStream.deferred { throw LAIError(.permission, "No.") }
        let error = await #expect(throws: LAIError.self) { try await stream.end() }
        #expect(error?.code == .permission)
    }

    @Test("that is left while it is being made lets the making go")
    func leftEarly() async throws {
        let began = AsyncStream<Void>.makeStream()
        let reading = Task {
            try await ChatStream.deferred {
                began.continuation.yield()
                try await Task.sleep(for: .seconds(3600))
                return ChatStream { FixedSource(ChatStreamTests.hello) }
            }.end()
        }
        for await _ in began.stream { break }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }

    @Test("is amended at its end, once, with its start, also when it is transformed")
    func amended() async throws {
        let start = StreamEvent.started(ResponseStart(id: "r", model: "m"))
        let stream = ChatStream { FixedSource([[start]] + ChatStreamTests.hello) }
            .amendingEnd { end, start in end.rawReason = "by \(start?.model ?? "nobody")" }
            .transforming { $0 }
            .amendingEnd { end, _ in end.rawReason? += "!" }
        #expect(try await stream.end().rawReason == "by m!")
    }

    private func stream(_ batches: [[StreamEvent]]) -> ChatStream { ChatStream { FixedSource(batches) } }
}

/// Gives the batches it was made with.
final class FixedSource: EventSource {
    private let state: Mutex<(batches: ArraySlice<[StreamEvent]>, isCancelled: Bool)>
    init(_ batches: [[StreamEvent]]) { state = Mutex((batches[...], false)) }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }
    func next() async -> [StreamEvent]? { state.withLock { $0.batches.popFirst() } }
    func cancel() { state.withLock { $0.isCancelled = true } }
}
