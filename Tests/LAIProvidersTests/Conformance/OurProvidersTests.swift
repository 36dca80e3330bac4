import LAIProviders
import LAITesting
import Testing

@Suite("Our own providers keep every promise")
struct OurProvidersTests {
    @Test("a server of each dialect", arguments: Dialect.allCases)
    func wire(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: CannedServer.responder(dialect)) { server in
            let endpoint = Endpoint(
                id: "canned", dialect: dialect, baseURL: server.baseURL, apiKey: CannedServer.key, retries: .none)
            try await ProviderConformance.check(WireProvider(endpoint), model: "canned") {
                $0.unknownModel = "unknown"
                $0.longModel = "slow"
                $0.echoModel = "canned"
                $0.secret = CannedServer.key
                $0.countRequests = { server.requests.count }
            }
        }
    }

    @Test("what the canned servers say is read as text, reasoning and a tool call", arguments: Dialect.allCases)
    func canned(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: CannedServer.responder(dialect)) { server in
            let provider = WireProvider(Endpoint(id: "canned", dialect: dialect, baseURL: server.baseURL))
            let end = try await provider.stream(ChatRequest(model: "canned", "Hello")).end()
            #expect(end.message.text == "You said 🙂 “nothing much”.")
            #expect(end.message.reasoning == "They ask for something.")
            #expect(end.message.toolCalls.map(\.name) == ["weather"])
            #expect(end.message.toolCalls.map(\.arguments) == [#"{"city":"Rome"}"#])
            #expect(end.reason == .toolCalls)
            #expect(end.usage == Usage(inputTokens: 9, outputTokens: 12, reasoningTokens: dialect == .gemini ? 4 : nil))
        }
    }

    @Test("the mock")
    func mock() async throws {
        try await ProviderConformance.check(MockProvider(), model: "lorem") {
            $0.unknownModel = "nonsense"
            $0.longModel = "stall-between"
            $0.echoModel = "echo"
        }
    }

    @Test(
        "the mock when it is told to fail",
        arguments: MockFault.allCases.filter { $0 != .largeEvent })
    func faults(fault: MockFault) async throws {
        try await ProviderConformance.check(MockProvider(clock: HastyClock()), model: fault.rawValue) { $0.mayFail = true }
    }

    @Test("a replayed recording, whole and byte by byte", arguments: Dialect.allCases)
    func replay(dialect: Dialect) async throws {
        let body = CannedAnswer(question: "again", model: "m").lines(dialect).flatMap { $0.bytes(dialect) }
        let whole = Recording(body: body, dialect: dialect)
        let pieces = Recording(body: body, lengths: Array(repeating: 1, count: body.count), dialect: dialect)
        try await ProviderConformance.check(ReplayProvider(whole), model: "any")
        try await ProviderConformance.check(ReplayProvider(pieces), model: "any")
    }

    @Test("a recording that a server replays", arguments: Dialect.allCases)
    func replayingServer(dialect: Dialect) async throws {
        let body = CannedAnswer(question: "again", model: "m").lines(dialect).flatMap { $0.bytes(dialect) }
        let recording = Recording(body: body, lengths: [1, 7, 30, 31], dialect: dialect)
        let models = Route("GET", "*", .json(#"{"data":[]}"#))
        let answer = Route("POST", "*", Script(replaying: recording))
        let count = Route("POST", "/v1/messages/count_tokens", .json(#"{"input_tokens":1}"#))
        try await ScriptedServer.withServer(answering: .routes(models, count, answer)) { server in
            let endpoint = Endpoint(id: "replayed", dialect: dialect, baseURL: server.baseURL)
            try await ProviderConformance.check(WireProvider(endpoint), model: "any") {
                $0.countRequests = { server.requests.count }
            }
        }
    }
}
