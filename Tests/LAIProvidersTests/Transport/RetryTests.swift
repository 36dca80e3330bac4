import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

extension ManualClock {
    /// The next pause between two attempts. What a server gets to end its body behind an answer's end is none.
    fileprivate func nextPause() async throws -> Duration {
        while true {
            let delay = try await nextDelay()
            if delay != .milliseconds(250) { return delay }
        }
    }
}

@Suite("A request that may be sent again", .timeLimit(.minutes(2)))
struct RetryTests {
    /// No clocks but the pauses between the attempts.
    private func provider(
        _ server: ScriptedServer, _ clock: ManualClock, dialect: Dialect = .openAIChat, maxRetries: Int = 2
    ) -> WireProvider {
        var policy = RetryPolicy()
        policy.maxRetries = maxRetries
        return .acme(dialect, at: server.baseURL, timeouts: .only(), retries: policy, clock: clock)
    }

    private static let busy = Script.json(#"{"error":{"message":"Too much to do."}}"#, status: 503)

    @Test("is sent as often as the policy says, and the end counts the attempts", arguments: [0, 1, 2, 5])
    func counts(maxRetries: Int) async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .always(RetryTests.busy)) { server in
            async let reading = provider(server, clock, maxRetries: maxRetries).ask().outcome()
            for _ in 0..<maxRetries { clock.advance(by: try await clock.nextPause()) }
            let outcome = try await reading
            #expect(server.requests.count == maxRetries + 1)
            #expect(outcome.end.attempts == maxRetries + 1)
            #expect(outcome.end.reason == .failed)
            #expect(try outcome.error().status == 503)
            #expect(Set(server.requests.map(\.text)).count == 1)
        }
    }

    @Test("pauses twice as long each time, less up to a quarter by chance")
    func backoff() async throws {
        var factors: Set<Double> = []
        for _ in 0..<3 {
            let clock = ManualClock()
            try await ScriptedServer.withServer(answering: .always(RetryTests.busy)) { server in
                async let reading = provider(server, clock, maxRetries: 6).ask().outcome()
                for grown in [500, 1000, 2000, 4000, 8000, 8000] {
                    let delay = try await clock.nextPause()
                    let factor = delay / .milliseconds(grown)
                    #expect((0.75...1).contains(factor), "\(delay) after \(grown) ms")
                    factors.insert(factor)
                    clock.advance(by: delay)
                }
                _ = try await reading
            }
        }
        #expect(factors.count > 6)
    }

    @Test("is not sent before the pause is over")
    func waits() async throws {
        let clock = ManualClock()
        let script = Responder.sequence(RetryTests.busy, Dialect.openAIChat.answer("Hello"))
        try await ScriptedServer.withServer(answering: script) { server in
            async let reading = provider(server, clock).ask().outcome()
            let delay = try await clock.nextPause()
            clock.advance(by: delay - .nanoseconds(1))
            #expect(clock.pendingCount == 1)
            #expect(server.requests.count == 1)
            clock.advance(by: .nanoseconds(1))
            #expect(try await reading.text == "Hello")
        }
    }

    /// What a server asks for, and how long the pause then is.
    struct Asked: Sendable, CustomTestStringConvertible {
        var dialect = Dialect.openAIChat
        var status = 503
        var headers: HeaderFields = [:]
        var body = #"{"error":{"message":"Too much to do."}}"#
        var delay: Duration
        var testDescription: String { "\(headers.fields.map(\.value)) \(delay)" }
    }

    @Test("waits for exactly as long as the server asks", arguments: [
        Asked(headers: ["Retry-After": "3"], delay: .seconds(3)), Asked(headers: ["retry-after": "0.3"], delay: .milliseconds(300)),
        Asked(headers: ["Retry-After": "0"], delay: .zero), Asked(headers: ["retry-after-ms": "750"], delay: .milliseconds(750)),
        Asked(headers: ["Retry-After": "9", "Retry-After-Ms": "20"], delay: .milliseconds(20)),
        Asked(
            headers: ["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"], delay: .seconds(30)),
        Asked(headers: ["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:49:07 GMT"], delay: .zero),
        Asked(status: 429, headers: ["Retry-After": "60"], delay: .seconds(60)),
        Asked(
            dialect: .gemini, status: 429,
            body: #"{"error":{"code":429,"message":"Slow.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"}]}}"#,
            delay: .milliseconds(2500)),
        Asked(
            dialect: .anthropic, status: 529, headers: ["retry-after": "24"],
            body: #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, delay: .seconds(24)),
    ])
    func retryAfter(asked: Asked) async throws {
        let clock = ManualClock()
        let busy = Script.json(asked.body, status: asked.status, headers: asked.headers)
        try await ScriptedServer.withServer(answering: .sequence(busy, asked.dialect.answer("Hello"))) { server in
            async let reading = provider(server, clock, dialect: asked.dialect).ask().outcome()
            let delay = try await clock.nextPause()
            #expect(delay == asked.delay)
            clock.advance(by: delay)
            #expect(try await reading.text == "Hello")
        }
    }

    @Test("takes its own pause when the server's wish cannot be read", arguments: [
        HeaderFields(dictionaryLiteral: ("Retry-After", "soon")), ["Retry-After": "-1"], ["retry-after-ms": "nan"],
        ["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"], ["Date": "Sunday", "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"],
    ])
    func unreadable(headers: HeaderFields) async throws {
        let clock = ManualClock()
        let busy = Script.json(#"{"error":{"message":"Too much to do."}}"#, status: 503, headers: headers)
        try await ScriptedServer.withServer(answering: .sequence(busy, Dialect.openAIChat.answer("Hello"))) { server in
            async let reading = provider(server, clock).ask().outcome()
            let delay = try await clock.nextPause()
            #expect((Duration.milliseconds(375)...Duration.milliseconds(500)).contains(delay))
            clock.advance(by: delay)
            #expect(try await reading.text == "Hello")
        }
    }

    @Test("is not sent again when the server asks for more patience than the policy has")
    func tooLong() async throws {
        let clock = ManualClock()
        let busy = Script.json(#"{"error":{"message":"Too much to do."}}"#, status: 429, headers: ["Retry-After": "61"])
        try await ScriptedServer.withServer(answering: .always(busy)) { server in
            let outcome = try await provider(server, clock).ask().outcome()
            #expect(try outcome.error().retryAfter == .seconds(61))
            #expect(try outcome.error().code == .rateLimited)
            #expect(outcome.end.attempts == 1)
            #expect(server.requests.count == 1)
            #expect(clock.delays.isEmpty)
        }
    }

    @Test("is sent again where the status says that it may pass, and only there", arguments: [
        (400, false), (401, false), (402, false), (403, false), (404, false), (408, true), (409, true), (413, false), (422, false),
        (429, true), (498, true), (500, true), (502, true), (503, true), (504, true), (529, true),
    ], Dialect.allCases)
    func statuses(status: (code: Int, isRetried: Bool), dialect: Dialect) async throws {
        let clock = ManualClock()
        let body = dialect == .ollama ? #"{"error":"No."}"# : #"{"error":{"message":"No."}}"#
        let responder = Responder.sequence(.json(body, status: status.code), dialect.answer("Hello"))
        try await ScriptedServer.withServer(answering: responder) { server in
            async let reading = provider(server, clock, dialect: dialect).ask().outcome()
            if status.isRetried { clock.advance(by: try await clock.nextPause()) }
            let outcome = try await reading
            #expect(server.requests.count == (status.isRetried ? 2 : 1))
            #expect(outcome.text == (status.isRetried ? "Hello" : ""))
        }
    }

    @Test("heeds what the server says of it", arguments: [(503, "false", false), (400, "true", true)])
    func shouldRetry(status: Int, word: String, isRetried: Bool) async throws {
        let clock = ManualClock()
        let failure = Script.json(#"{"error":{"message":"No."}}"#, status: status, headers: ["x-should-retry": word])
        try await ScriptedServer.withServer(answering: .sequence(failure, Dialect.openAIChat.answer("Hello"))) { server in
            async let reading = provider(server, clock).ask().outcome()
            if isRetried { clock.advance(by: try await clock.nextPause()) }
            #expect(try await reading.end.attempts == (isRetried ? 2 : 1))
            #expect(server.requests.count == (isRetried ? 2 : 1))
        }
    }

    @Test("is not sent again for want of money", arguments: [
        (Dialect.openAIChat, #"{"error":{"message":"Pay.","type":"insufficient_quota","code":"insufficient_quota"}}"#),
        (.anthropic, #"{"type":"error","error":{"type":"rate_limit_error","message":"Pay.","details":{"error_code":"enforced_spend_limit_reached"}}}"#),
        (.gemini, #"{"error":{"code":429,"message":"Pay.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"RequestsPerDay"}]}]}}"#),
    ])
    func quota(dialect: Dialect, body: String) async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .always(.json(body, status: 429))) { server in
            let error = try await provider(server, clock, dialect: dialect).ask().outcome().error()
            #expect(error.code == .quotaExceeded)
            #expect(server.requests.count == 1)
            #expect(clock.delays.isEmpty)
        }
    }

    // Ollama gives a sentence and nothing else: whether it may pass cannot be told.
    @Test("is sent again after an error in place of the first event, and starts once", arguments: Dialect.allCases.filter { $0 != .ollama })
    func errorFirst(dialect: Dialect) async throws {
        let clock = ManualClock()
        let first = WireAnswer(dialect, ["Never"], id: "r1")
        let responder = Responder.sequence(
            dialect.stream(first.start, dialect.errorEvent("Too much to do.")), dialect.answer("Hel", "lo", id: "r2"))
        try await ScriptedServer.withServer(answering: responder) { server in
            async let reading = provider(server, clock, dialect: dialect).ask().outcome()
            clock.advance(by: try await clock.nextPause())
            let outcome = try await reading
            #expect(outcome.text == "Hello")
            #expect(outcome.end.reason == .stop)
            #expect(outcome.end.attempts == 2)
            #expect(outcome.starts.count == 1)
            // Gemini's id comes behind the candidates that begin the answer.
            if dialect != .gemini { #expect(outcome.starts.first?.id == "r2") }
            let warnings = outcome.warnings(.retried)
            #expect(warnings.count == 1)
            #expect(warnings.first?.message.hasPrefix("Attempt 1 failed; the next one follows in ") == true)
            #expect(warnings.first?.message.contains("Too much to do.") == true)
        }
    }

    @Test("is not sent again once a word was delivered", arguments: Dialect.allCases, [true, false])
    func delivered(dialect: Dialect, isReset: Bool) async throws {
        let (clock, gate) = (ManualClock(), Gate())
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let begun: Script = [dialect.streamHead, .text(answer.start + answer.texts[0]), .pause(gate)]
        let script = begun + (isReset ? [.reset] : [.text(dialect.errorEvent("Too much to do.")), .end])
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let outcome = try await provider(server, clock, dialect: dialect).ask()
                .outcome { text in if text == "Hel" { gate.open() } }
            #expect(outcome.text == "Hel")
            #expect(outcome.end.error?.partial?.text == "Hel")
            #expect(outcome.end.reason == (isReset ? .interrupted : .failed))
            #expect(outcome.end.attempts == 1)
            #expect(server.requests.count == 1)
            #expect(outcome.warnings(.retried).isEmpty)
        }
    }

    @Test("is sent again after a connection that failed before the answer began", arguments: [
        Script.Step.close(), .reset,
    ])
    func connection(step: Script.Step) async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .sequence([step], Dialect.openAIChat.answer("Hello"))) { server in
            async let reading = provider(server, clock).ask().outcome()
            clock.advance(by: try await clock.nextPause())
            #expect(try await reading.text == "Hello")
            #expect(server.connectionCount == 2)
        }
    }

    @Test("is sent again after a connection that was refused")
    func refused() async throws {
        let clock = ManualClock()
        try await RefusedPort.withPort { port in
            let provider = WireProvider.acme(
                at: "http://127.0.0.1:\(port)", timeouts: .only(), retries: RetryPolicy(), clock: clock)
            async let reading = provider.ask().outcome()
            for _ in 0..<2 { clock.advance(by: try await clock.nextPause()) }
            let outcome = try await reading
            #expect(try outcome.error().code == .connection)
            #expect(outcome.end.attempts == 3)
        }
    }

    @Test("keeps its warnings, whichever attempt succeeds")
    func warnings() async throws {
        let clock = ManualClock()
        var seeded = ChatRequest(model: "m-1", "Hello?")
        seeded.seed = 7
        let request = seeded
        let busy = Script.json(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, status: 529)
        try await ScriptedServer.withServer(answering: .sequence(busy, Dialect.anthropic.answer("Hello"))) { server in
            // Anthropic knows no seed.
            async let reading = provider(server, clock, dialect: .anthropic).stream(request).outcome()
            clock.advance(by: try await clock.nextPause())
            let outcome = try await reading
            #expect(outcome.warnings(.ignoredOption).count == 1)
            #expect(outcome.warnings(.retried).count == 1)
        }
    }

    @Test("is sent again in full after a stall before the answer")
    func stall() async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .sequence([.stall], Dialect.openAIChat.answer("Hello"))) { server in
            let provider = WireProvider.acme(
                at: server.baseURL, timeouts: .only { $0.head = .seconds(20) }, retries: RetryPolicy(), clock: clock)
            async let reading = provider.ask().outcome()
            #expect(try await clock.nextDelay() == .seconds(20))
            // The server must have seen the first request, or the second one would be its first.
            _ = try await server.nextRequest()
            clock.advance(by: .seconds(20))
            clock.advance(by: try await clock.nextPause())
            let outcome = try await reading
            #expect(outcome.text == "Hello")
            #expect(outcome.warnings(.retried).first?.message.contains("did not begin to answer within 20 s") == true)
            #expect(server.requests.map(\.text)[0] == server.requests.map(\.text)[1])
        }
    }

    @Test("takes the policy of the call before the provider's")
    func callPolicy() async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .always(RetryTests.busy)) { server in
            var options = CallOptions()
            options.retries = RetryPolicy.none
            let outcome = try await provider(server, clock).ask(options: options).outcome()
            #expect(outcome.end.attempts == 1)
            #expect(server.requests.count == 1)
        }
    }
}
