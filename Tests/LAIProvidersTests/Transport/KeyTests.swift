import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("An API key", .timeLimit(.minutes(2)))
struct KeyTests {
    @Test("goes into the dialect's own header and nowhere else", arguments: [
        (Dialect.openAIChat, "Authorization", "Bearer \(testKey)"), (.openAIResponses, "Authorization", "Bearer \(testKey)"),
        (.anthropic, "x-api-key", testKey), (.gemini, "x-goog-api-key", testKey), (.ollama, "Authorization", "Bearer \(testKey)"),
    ])
    func header(dialect: Dialect, name: String, value: String) async throws {
        try await ScriptedServer.withServer(answering: .always(dialect.answer("Hello"))) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL)
            let outcome = try await provider.ask().outcome()
            #expect(outcome.text == "Hello")
            _ = try? await provider.models()
            _ = try? await provider.countTokens(ChatRequest(model: "m-1", "Hello?"))
            #expect(server.requests.count >= 2)
            for request in server.requests {
                #expect(request.headers.values(of: name) == [value])
                #expect(request.headers.fields.filter { $0.value.contains(testKey) }.map { $0.name.lowercased() } == [name.lowercased()])
                #expect(!request.target.contains(testKey))
                #expect(!request.text.contains(testKey))
                #expect(!request.target.contains("key="))
            }
        }
    }

    @Test("is sent by no provider that has none", arguments: Dialect.allCases)
    func none(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(dialect.answer("Hello"))) { server in
            let endpoint = Endpoint(id: "acme", dialect: dialect, baseURL: dialect.baseURL(at: server.baseURL))
            let outcome = try await WireProvider(endpoint).ask().outcome()
            #expect(outcome.text == "Hello")
            for name in ["Authorization", "x-api-key", "x-goog-api-key"] { #expect(server.requests[0].headers[name] == nil) }
        }
    }

    @Test("may be replaced by a header of the person's own")
    func ownHeader() async throws {
        try await ScriptedServer.withServer(answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
            let endpoint = Endpoint(
                id: "acme", dialect: .openAIChat, baseURL: server.baseURL + "/v1?api-version=1", apiKey: testKey,
                headers: ["authorization": "Token other", "X-Team": "blue"])
            let outcome = try await WireProvider(endpoint).ask().outcome()
            #expect(outcome.text == "Hello")
            let request = server.requests[0]
            #expect(request.headers.values(of: "Authorization") == ["Token other"])
            #expect(request.headers["X-Team"] == "blue")
            #expect(request.target == "/v1/chat/completions?api-version=1")
        }
    }

    /// The ways in which a server can give a key back.
    static let echoes: [(String, Script)] = [
        ("an error body", .json(#"{"error":{"message":"Incorrect API key provided: \#(testKey). Look it up.","type":"invalid_request_error"}}"#, status: 401)),
        ("a bare sentence", .json(#"{"error":"No such key: \#(testKey)"}"#, status: 401)),
        ("a web page", .html("<title>Bad header: Bearer \(testKey)</title>", status: 400)),
        ("plain text", .text("Bearer \(testKey) is not welcome", status: 403)),
        ("a redirect", .text("", status: 302, headers: ["Location": "https://example.com/?key=\(testKey)"])),
        ("a web page with the status 200", .html("<title>Bad header: Bearer \(testKey)</title>")),
    ]

    @Test("is never shown when a server repeats it", arguments: KeyTests.echoes.indices, Dialect.allCases)
    func echo(index: Int, dialect: Dialect) async throws {
        let (log, script) = (ByteLog(), KeyTests.echoes[index].1)
        var options = CallOptions()
        options.recorder = log
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL)
            let outcome = try await provider.ask(options: options).outcome()
            try expectHidden(try outcome.error())
            #expect(try outcome.error().message.contains("XXXXXXXX"))
            #expect(!"\(outcome.events)".contains(testKey))
            #expect(!log.text.contains(testKey))
            #expect(!log.headerText.contains(testKey))
            for error in log.errors { try expectHidden(try #require(error)) }
            let listing = await #expect(throws: LAIError.self) { try await provider.models() }
            try expectHidden(try #require(listing))
        }
    }

    private func expectHidden(_ error: LAIError, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for text in [error.message, error.providerMessage ?? "", error.providerType ?? "", error.providerCode ?? "", "\(error)"] {
            #expect(!text.contains(testKey), sourceLocation: sourceLocation)
        }
    }

    @Test("is never shown when an error within a stream, or rubbish, repeats it", arguments: Dialect.allCases)
    func echoInAStream(dialect: Dialect) async throws {
        let start = WireAnswer(dialect, ["Hel"])
        for event in [dialect.errorEvent("Key \(testKey) was revoked."), dialect.frame("{rubbish \(testKey)")] {
            let outcome = try await ask(dialect, answeredWith: dialect.stream(start.start, start.texts[0], event))
            try expectHidden(try outcome.error())
            #expect(try outcome.error().message.contains("XXXXXXXX"))
        }
    }

    @Test("is not shown in the warning of a retry")
    func echoInAWarning() async throws {
        let clock = ManualClock()
        let busy = Script.json(#"{"error":{"message":"No capacity for \#(testKey)."}}"#, status: 503)
        try await ScriptedServer.withServer(answering: .sequence(busy, Dialect.openAIChat.answer("Hello"))) { server in
            let provider = WireProvider.acme(at: server.baseURL, timeouts: .only(), retries: RetryPolicy(), clock: clock)
            async let reading = provider.ask().outcome()
            clock.advance(by: try await clock.nextDelay())
            let outcome = try await reading
            #expect(outcome.warnings(.retried).first?.message.contains("No capacity for XXXXXXXX") == true)
            #expect(!"\(outcome.events)".contains(testKey))
        }
    }

    @Test("is not shown in what a server says beside a good answer")
    func echoBesideAnAnswer() async throws {
        let answer = """
            data: {"id":"\(testKey)","model":"\(testKey)","choices":[{"delta":{"content":"Hello"},"finish_reason":"\(testKey)"}]}

            data: [DONE]


            """
        let outcome = try await ask(answeredWith: Dialect.openAIChat.stream(answer))
        #expect(outcome.text == "Hello")
        #expect(!"\(outcome.events)".contains(testKey))
        #expect(outcome.end.rawReason?.hasPrefix("XXXX") == true)
    }

    @Test("is not shown in part either, where a sentence is cut short")
    func cutShort() async throws {
        // A page's words end after 200 characters: here in the middle of the key.
        let page = String(repeating: "x", count: 190) + " " + testKey
        let error = try await ask(answeredWith: .text(page, status: 400)).error()
        let event = "{" + String(repeating: "x", count: 105) + testKey
        let inStream = try await ask(answeredWith: Dialect.openAIChat.stream("data: \(event)\n\n")).error()
        #expect(!error.message.contains(testKey.prefix(8)))
        #expect(!inStream.message.contains(testKey.prefix(8)))
    }

    @Test("is overwritten in a recording, however the network cuts it")
    func recording() async throws {
        let body = #"{"error":{"message":"Incorrect API key provided: \#(testKey). Look it up."}}"#
        let script: Script = [.head(401), .body(body.utf8, chunkSizes: .oneBytePackets), .end]
        let log = ByteLog()
        var options = CallOptions()
        options.recorder = log
        _ = try await ask(answeredWith: script, options: options)
        #expect(log.text == body.replacing(testKey, with: String(repeating: "X", count: testKey.utf8.count)))
        #expect(log.statuses == [401])
        #expect(log.errors.count == 1)
    }
}
