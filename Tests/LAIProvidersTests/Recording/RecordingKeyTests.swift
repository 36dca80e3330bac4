import LAIProviders
import LAITesting
import Testing

@Suite("The API key in a recording")
struct RecordingKeyTests {
    static let key = "sk-very-secret-0123456789"
    static let hidden = String(repeating: "X", count: key.utf8.count)
    static let body = #"data: {"choices":[{"index":0,"delta":{"content":"Your key is \#(key), is it?"}}]}"# + "\n\n"

    @Test("is overwritten in the body, in headers and in errors, byte for byte")
    func whole() async throws {
        let error = #"{"error":{"message":"Wrong key \#(RecordingKeyTests.key)."}}"#
        let recorded = try await record(.json(error, status: 401, headers: ["X-Echo": "key=\(RecordingKeyTests.key)"]))
        #expect(!recorded.text.contains(RecordingKeyTests.key))
        #expect(recorded.text.contains(#""end":"canned does not accept the API key (HTTP 401): Wrong key \#(RecordingKeyTests.hidden).""#))
        let recording = try recorded.read()
        #expect(recording.pieces.flatMap(\.bytes).count == error.utf8.count)
        #expect(recording.headers.contains { $0.0.lowercased() == "x-echo" && $0.1 == "key=\(RecordingKeyTests.hidden)" })
    }

    @Test("is overwritten wherever a read cuts it", arguments: [1, 2, 12, key.utf8.count - 1])
    func split(offset: Int) async throws {
        let body = Array(RecordingKeyTests.body.utf8)
        let start = try #require(body.indices.first { body[$0...].starts(with: RecordingKeyTests.key.utf8) })
        let gate = Gate()
        let script: Script = [.head(200, .eventStream), .bytes(body[..<(start + offset)]), .pause(gate), .bytes(body[(start + offset)...]), .end]
        let recorded = try await record(script) { _ in gate.open() }
        let bytes = try recorded.read().pieces.flatMap(\.bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == RecordingKeyTests.body.replacing(RecordingKeyTests.key, with: RecordingKeyTests.hidden))
        #expect(try recorded.read().pieces.count == 2)
    }

    @Test("of which only the beginning came is kept, for that is all there is")
    func beginning() async throws {
        let body = Array(RecordingKeyTests.body.utf8)
        let start = try #require(body.indices.first { body[$0...].starts(with: RecordingKeyTests.key.utf8) })
        let recorded = try await record([.head(200, .eventStream), .bytes(body[..<(start + 3)]), .end])
        #expect(try recorded.read().pieces.flatMap(\.bytes) == Array(body[..<(start + 3)]))
    }

    @Test("does not change the answer itself")
    func answer() async throws {
        let recorded = try await record([.head(200, .eventStream), .text(RecordingKeyTests.body), .text("data: [DONE]\n\n"), .end])
        guard case .end(let end)? = recorded.events.last else { throw LAIError(.interrupted, "There is no end.") }
        #expect(end.message.text == "Your key is \(RecordingKeyTests.key), is it?")
        #expect(!recorded.text.contains(RecordingKeyTests.key))
    }

    @Test("leaves no cookie and no account's name behind")
    func headers() async throws {
        let script = Script.json("{}", headers: ["Set-Cookie": "session=1", "OpenAI-Organization": "ada-inc", "X-Other": "kept"])
        let recorded = try await record(script)
        #expect(!recorded.text.contains("session=1"))
        #expect(!recorded.text.contains("ada-inc"))
        #expect(recorded.text.contains("kept"))
    }

    private func record(
        _ script: Script, onPiece: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Recorded {
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let endpoint = Endpoint(
                id: "canned", dialect: .openAIChat, baseURL: server.baseURL, apiKey: RecordingKeyTests.key, retries: .none)
            return await Recorded.asking(endpoint, onPiece: onPiece)
        }
    }
}
