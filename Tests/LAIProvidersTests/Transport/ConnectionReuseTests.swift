import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A connection", .timeLimit(.minutes(2)))
struct ConnectionReuseTests {
    /// Asks until a connection comes a second time. The client puts a connection back at its own moment, so that the
    /// very next request may be too early for it.
    private func askUntilReuse(_ provider: WireProvider, _ server: ScriptedServer, connection: Int? = nil) async throws -> Bool {
        for round in 1...8 {
            // More at once each time, so that every idle connection has its turn.
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<round { group.addTask { try await provider.ask().outcome().text } }
                for try await text in group { #expect(text == "Hello") }
            }
            let used = server.requests.map(\.connection)
            if let connection {
                if used.dropFirst().contains(connection) { return true }
            } else if Set(used).count < used.count {
                return true
            }
        }
        return false
    }

    @Test("is used again after an answer", arguments: Dialect.allCases)
    func again(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(dialect.answer("Hello"))) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL)
            let isReused = try await askUntilReuse(provider, server)
            #expect(isReused)
        }
    }

    @Test("is used again by another provider that goes the same way, and after an error")
    func shared() async throws {
        let responder = Responder { request in
            request.index == 0 ? .json(#"{"error":{"message":"No."}}"#, status: 400) : Dialect.openAIChat.answer("Hello")
        }
        try await ScriptedServer.withServer(answering: responder) { server in
            let outcome = try await WireProvider.acme(at: server.baseURL).ask().outcome()
            #expect(outcome.end.reason == .failed)
            let isReused = try await askUntilReuse(.acme(at: server.baseURL), server, connection: 0)
            #expect(isReused)
        }
    }

    @Test("is used again after an answer whose body ends late", arguments: Dialect.allCases.filter { $0 != .gemini })
    func lateEnd(dialect: Dialect) async throws {
        let (clock, gate) = (ManualClock(), Gate())
        let whole = WireAnswer(dialect, ["Hello"]).whole
        let late: Script = [dialect.streamHead, .text(whole), .pause(gate), .end]
        let responder = Responder { $0.index == 0 ? late : dialect.answer("Hello") }
        try await ScriptedServer.withServer(answering: responder) { server in
            // The clock stands still, so the client's patience lasts.
            let provider = WireProvider.acme(dialect, at: server.baseURL, timeouts: .only(), clock: clock)
            let outcome = try await provider.ask().outcome()
            #expect(outcome.text == "Hello")
            let delay = try await clock.nextDelay()
            #expect(delay == .milliseconds(250))
            gate.open()
            let isReused = try await askUntilReuse(provider, server, connection: 0)
            #expect(isReused)
        }
    }

    @Test("is closed when the body does not end behind the answer", arguments: Dialect.allCases.filter { $0 != .gemini })
    func noEnd(dialect: Dialect) async throws {
        let clock = ManualClock()
        let whole = WireAnswer(dialect, ["Hello"]).whole
        try await ScriptedServer.withServer(answering: .always([dialect.streamHead, .text(whole), .stall])) { server in
            let provider = WireProvider.acme(dialect, at: server.baseURL, timeouts: .only(), clock: clock)
            // The reader need not wait for the end of the body.
            #expect(try await provider.ask().outcome().text == "Hello")
            clock.advance(by: try await clock.nextDelay())
            #expect(try await server.connectionClosed(for: server.nextRequest()).cause != .server)
        }
    }

    @Test("is not used again after a stream that was left")
    func left() async throws {
        let answer = WireAnswer(.openAIChat, ["Hello"])
        let stalled: Script = [.head(200, .eventStream), .text(answer.start + answer.texts[0]), .stall]
        let responder = Responder { $0.index == 0 ? stalled : Dialect.openAIChat.answer("Hello") }
        try await ScriptedServer.withServer(answering: responder) { server in
            let provider = WireProvider.acme(at: server.baseURL)
            for try await _ in provider.ask().text { break }
            let isReused = try await askUntilReuse(provider, server)
            #expect(isReused)
            #expect(server.requests.filter { $0.connection == 0 }.count == 1)
        }
    }

    @Test("is one for many streams at once over HTTP/2")
    func multiplexed() async throws {
        try await TestCertificate.withAuthorityFile { path in
            try await ScriptedServer.withServer(.http2, answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
                let provider = WireProvider.acme(at: server.baseURL, trustRoots: path)
                #expect(try await provider.ask().outcome().text == "Hello")
                try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<20 { group.addTask { try await provider.ask().outcome().text } }
                    for try await text in group { #expect(text == "Hello") }
                }
                #expect(server.requests.count == 21)
                #expect(Set(server.requests.map(\.connection)).count == 1)
            }
        }
    }
}
