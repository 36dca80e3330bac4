import LAIProviders
import LAITesting
import Testing

@Suite("A recording that a stream wrote")
struct RecordingRoundTripTests {
    static func body(_ dialect: Dialect) -> [UInt8] {
        CannedAnswer(question: "🙂", model: "m").lines(dialect).flatMap { $0.bytes(dialect) }
    }

    @Test("has the server's bytes, in the order and with the head in which they came", arguments: Dialect.allCases)
    func bytes(dialect: Dialect) async throws {
        let body = RecordingRoundTripTests.body(dialect)
        let script = Script.recording(body, lengths: [1, 20, 3], headers: ["Content-Type": "text/x-any", "X-Request-Id": "req_1"])
        let recorded = try await record(script, dialect)
        let recording = try recorded.read()
        #expect(recording.pieces.flatMap(\.bytes) == body)
        #expect(recording.dialect == dialect)
        #expect(recording.provider == "canned")
        #expect(recording.status == 200)
        #expect(recording.failure == nil)
        #expect(recording.headers.contains { $0.0.lowercased() == "content-type" && $0.1 == "text/x-any" })
        #expect(recorded.lines.first == #"{"lai_recording":1,"provider":"canned","dialect":"\#(dialect.rawValue)","model":"m"}"#)
        #expect(recorded.lines.last == #"{"end":null}"#)
        #expect(zip(recording.pieces, recording.pieces.dropFirst()).allSatisfy { $0.elapsed <= $1.elapsed })
    }

    @Test("is played as the events that it was", arguments: Dialect.allCases)
    func replay(dialect: Dialect) async throws {
        let recorded = try await record(.recording(RecordingRoundTripTests.body(dialect), lengths: [5, 50, 500]), dialect)
        let again = await Recorded.replaying(try recorded.read())
        #expect(again == recorded.events)
        guard case .end(let end)? = again.last else { throw LAIError(.interrupted, "There is no end.") }
        #expect(end.reason == .toolCalls)
    }

    @Test("is played with the request's id that its head has")
    func requestID() async throws {
        let headers: HeaderFields = ["X-Request-Id": "req_1"]
        let recorded = try await record(.recording(RecordingRoundTripTests.body(.openAIChat), headers: headers), .openAIChat)
        guard case .end(let end)? = recorded.events.last else { throw LAIError(.interrupted, "There is no end.") }
        #expect(end.requestID == "req_1")
        #expect(await Recorded.replaying(try recorded.read()) == recorded.events)
    }

    @Test("has as hex what a read cut in the middle of a character")
    func splitEmoji() async throws {
        let gate = Gate()
        let emoji = Array("🙂".utf8)
        let body = RecordingRoundTripTests.body(.openAIChat)
        let at = try #require(body.indices.first { body[$0...].starts(with: emoji) }) + 2
        let script: Script = [.head(200, .eventStream), .bytes(body[..<at]), .pause(gate), .bytes(body[at...]), .end]
        let recorded = try await record(script, .openAIChat) { _ in gate.open() }
        #expect(recorded.lines.filter { $0.contains(#""hex":"#) }.count == 2)
        #expect(recorded.lines.contains { $0.contains(Recorded.hex(emoji.prefix(2)) + "\"}") })
        let recording = try recorded.read()
        #expect(recording.pieces.count == 2)
        #expect(recording.pieces.flatMap(\.bytes) == body)
        #expect(await Recorded.replaying(recording) == recorded.events)
    }

    @Test("keeps an answer that broke off, and breaks off again")
    func broken() async throws {
        let gate = Gate()
        let body = RecordingRoundTripTests.body(.openAIChat)
        let script: Script = [.head(200, .eventStream), .bytes(body[..<(body.count / 2)]), .pause(gate), .close()]
        let recorded = try await record(script, .openAIChat) { _ in gate.open() }
        let recording = try recorded.read()
        #expect(recording.failure?.message.contains("broke off") == true)
        guard case .end(let end)? = await Recorded.replaying(recording).last, case .end(let first)? = recorded.events.last else {
            throw LAIError(.interrupted, "There is no end.")
        }
        #expect(first.reason == .interrupted)
        #expect(end.reason == .interrupted)
        #expect(end.message == first.message)
        try await ScriptedServer.withServer(answering: .always(Script(replaying: recording))) { server in
            let provider = WireProvider(Endpoint(id: "canned", dialect: .openAIChat, baseURL: server.baseURL, retries: .none))
            let error = await #expect(throws: LAIError.self) { try await provider.stream(ChatRequest(model: "m", "Hello")).end() }
            #expect(error?.code == .interrupted)
            #expect(error?.partial == first.message)
        }
    }

    @Test("has every attempt, of which the last one is played")
    func attempts() async throws {
        let body = RecordingRoundTripTests.body(.openAIChat)
        let busy = Script.json(#"{"error":{"message":"Busy.","type":"overloaded_error"}}"#, status: 503)
        var policy = RetryPolicy()
        policy.firstDelay = .zero
        let recorded = try await record(responder: .sequence(busy, busy, .recording(body)), .openAIChat, retries: policy)
        #expect(recorded.lines.filter { $0.contains(#""attempt":"#) }.map { $0.prefix(24) } == [
            #"{"attempt":1,"status":50"#, #"{"attempt":2,"status":50"#, #"{"attempt":3,"status":20"#,
        ])
        let recording = try recorded.read()
        #expect(recording.status == 200)
        #expect(recording.failure == nil)
        #expect(recording.pieces.flatMap(\.bytes) == body)
    }

    @Test("of a refusal gives the same error again")
    func refusal() async throws {
        let body = #"{"error":{"message":"Too many.","type":"rate_limit_error"}}"#
        let recorded = try await record(.json(body, status: 429, headers: ["Retry-After": "7"]), .openAIChat)
        let recording = try recorded.read()
        #expect(recording.status == 429)
        guard case .end(let end)? = await Recorded.replaying(recording).last else { throw LAIError(.interrupted, "There is no end.") }
        #expect(end.error?.code == .rateLimited)
        #expect(end.error?.retryAfter == .seconds(7))
        #expect(end.error?.message == "canned asks to slow down (HTTP 429): Too many.")
    }

    private func record(
        _ script: Script, _ dialect: Dialect, onPiece: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Recorded {
        try await record(responder: .always(script), dialect, onPiece: onPiece)
    }

    private func record(
        responder: Responder, _ dialect: Dialect, retries: RetryPolicy = .none,
        onPiece: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Recorded {
        try await ScriptedServer.withServer(answering: responder) { server in
            await Recorded.asking(
                Endpoint(id: "canned", dialect: dialect, baseURL: server.baseURL, retries: retries), onPiece: onPiece)
        }
    }
}

extension Recorded {
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
