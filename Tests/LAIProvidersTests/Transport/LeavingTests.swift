import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

/// The ways in which a reader leaves a stream.
enum WayOut: String, Sendable, CaseIterable {
    case loop, cancellation, dropping

    /// Reads until there is text, then leaves.
    /// - Returns: the moment of leaving.
    func leave(_ stream: ChatStream) async throws -> ContinuousClock.Instant {
        switch self {
        case .loop:
            for try await text in stream.text where !text.isEmpty { break }
            return .now
        case .dropping:
            var iterator: ChatStream.Iterator? = stream.makeAsyncIterator()
            while let event = try await iterator?.next() {
                if case .delta = event { break }
            }
            iterator = nil
            return .now
        case .cancellation:
            let gate = Gate()
            let task = Task { for try await text in stream.text where !text.isEmpty { gate.open() } }
            try await gate.wait()
            task.cancel()
            let left = ContinuousClock.now
            try await task.value
            return left
        }
    }
}

@Suite("Leaving a stream", .timeLimit(.minutes(2)))
struct LeavingTests {
    static let tenth = Duration.milliseconds(100)

    private func script(_ dialect: Dialect) -> Script {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        return [dialect.streamHead, .text(answer.start + answer.texts[0]), .stall]
    }

    @Test("closes the connection within 100 ms", arguments: WayOut.allCases, Dialect.allCases)
    func closes(way: WayOut, dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(script(dialect))) { server in
            try await expectClosing(server, WireProvider.acme(dialect, at: server.baseURL), way)
        }
    }

    @Test("closes the connection within 100 ms over TLS, and the stream over HTTP/2", arguments: WayOut.allCases, [
        ScriptedServer.Configuration.tls(), .http2,
    ])
    func closesTLS(way: WayOut, configuration: ScriptedServer.Configuration) async throws {
        try await TestCertificate.withAuthorityFile { path in
            try await ScriptedServer.withServer(configuration, answering: .always(script(.openAIChat))) { server in
                try await expectClosing(server, WireProvider.acme(at: server.baseURL, trustRoots: path), way)
            }
        }
    }

    /// The machine may be busy with other tests: of a few tries the fastest counts.
    private func expectClosing(_ server: ScriptedServer, _ provider: WireProvider, _ way: WayOut) async throws {
        var best = Duration.seconds(3600)
        for _ in 0..<25 where best >= LeavingTests.tenth {
            let left = try await way.leave(provider.ask())
            let end = try await server.connectionClosed(for: server.nextRequest())
            #expect(end.cause != .server)
            best = min(best, end.instant - left)
        }
        #expect(best < LeavingTests.tenth)
    }

    @Test("closes the connection while a server sends without end", arguments: WayOut.allCases)
    func endless(way: WayOut) async throws {
        let answer = WireAnswer(.openAIChat, ["Hello"])
        let script: Script = [.head(200, .eventStream), .text(answer.start), .endless(answer.texts[0].utf8)]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            _ = try await way.leave(WireProvider.acme(at: server.baseURL).ask())
            #expect(try await server.connectionClosed(for: server.nextRequest()).cause != .server)
        }
    }

    @Test("is not needed where nothing was read: only reading sends the request")
    func unread() async throws {
        try await ScriptedServer.withServer(answering: .always(Dialect.openAIChat.answer("Hello"))) { server in
            let provider = WireProvider.acme(at: server.baseURL)
            do {
                let unread = provider.ask("Never sent")
                _ = unread.makeAsyncIterator()
                _ = unread.text.makeAsyncIterator()
            }
            _ = provider.ask("Never sent either")
            let outcome = try await provider.ask("Sent").outcome()
            #expect(outcome.text == "Hello")
            #expect(server.requests.count == 1)
            #expect(server.requests[0].text.contains("Sent"))
            #expect(server.connectionCount == 1)
        }
    }

    @Test("by cancellation ends the stream as stopped, with what came of it")
    func stopped() async throws {
        try await ScriptedServer.withServer(answering: .always(script(.openAIChat))) { server in
            let gate = Gate()
            let stream = WireProvider.acme(at: server.baseURL).ask()
            let task = Task { try await stream.outcome { text in if text == "Hel" { gate.open() } } }
            try await gate.wait()
            task.cancel()
            let outcome = try await task.value
            #expect(outcome.end.reason == .stopped)
            #expect(outcome.end.error == nil)
            #expect(outcome.text == "Hel")
        }
    }

    @Test("by cancellation throws from the call that wants the whole answer")
    func cancelledEnd() async throws {
        try await ScriptedServer.withServer(answering: .always(script(.openAIChat))) { server in
            let stream = WireProvider.acme(at: server.baseURL).ask()
            let task = Task { try await stream.end() }
            let request = try await server.nextRequest()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await server.connectionClosed(for: request).cause != .server)
        }
    }

    @Test("works before it begins", arguments: Dialect.allCases)
    func cancelledBefore(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(dialect.answer("Hello"))) { server in
            let (stream, gate) = (WireProvider.acme(dialect, at: server.baseURL).ask(), Gate())
            let task = Task {
                try? await gate.wait()
                return try await stream.outcome()
            }
            task.cancel()
            let outcome = try await task.value
            #expect(outcome.end.reason == .stopped)
            #expect(outcome.text.isEmpty)
        }
    }

    @Test("works while it connects")
    func whileConnecting() async throws {
        let clock = ManualClock()
        try await UnansweredPort.withPort { port in
            let provider = WireProvider.acme(
                at: "http://127.0.0.1:\(port)", timeouts: .only { $0.connect = .seconds(10) }, retries: RetryPolicy(), clock: clock)
            let task = Task { try await provider.ask().outcome() }
            #expect(try await clock.nextDelay() == .seconds(10))
            task.cancel()
            let outcome = try await task.value
            #expect(outcome.end.reason == .stopped)
            #expect(outcome.end.attempts == 1)
            #expect(clock.delays == [.seconds(10)])
            #expect(clock.pendingCount == 0)
        }
    }

    @Test("works while it waits for the head")
    func whileWaiting() async throws {
        try await ScriptedServer.withServer(answering: .always([.stall])) { server in
            let provider = WireProvider.acme(at: server.baseURL, retries: RetryPolicy())
            let task = Task { try await provider.ask().outcome() }
            let request = try await server.nextRequest()
            task.cancel()
            #expect(try await task.value.end.reason == .stopped)
            #expect(try await server.connectionClosed(for: request).cause != .server)
            #expect(server.requests.count == 1)
        }
    }

    @Test("works in the pause between two attempts", arguments: [true, false])
    func whilePausing(isCancelled: Bool) async throws {
        let clock = ManualClock()
        let busy = Script.json(#"{"error":{"message":"Too much to do."}}"#, status: 503)
        try await ScriptedServer.withServer(answering: .always(busy)) { server in
            let provider = WireProvider.acme(at: server.baseURL, timeouts: .only(), retries: RetryPolicy(), clock: clock)
            let task = Task { try await provider.ask().outcome() }
            let delay = try await clock.nextDelay()
            if isCancelled { task.cancel() } else { clock.advance(by: delay) }
            if !isCancelled {
                _ = try await clock.nextDelay()
                task.cancel()
            }
            let outcome = try await task.value
            #expect(outcome.end.reason == .stopped)
            #expect(outcome.end.attempts == (isCancelled ? 1 : 2))
            #expect(server.requests.count == (isCancelled ? 1 : 2))
            #expect(clock.pendingCount == 0)
        }
    }

    @Test("works for the calls that give one body")
    func models() async throws {
        try await ScriptedServer.withServer(answering: .always([.head(200), .text("{"), .stall])) { server in
            let provider = WireProvider.acme(at: server.baseURL)
            let task = Task { try await provider.models() }
            let request = try await server.nextRequest()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await server.connectionClosed(for: request).cause != .server)
        }
    }

    @Test("of one reader does not disturb another over HTTP/2")
    func others() async throws {
        try await TestCertificate.withAuthorityFile { path in
            let gate = Gate()
            let answer = WireAnswer(.openAIChat, ["Hel", "lo"])
            let script: Script = [
                .head(200, .eventStream), .text(answer.start + answer.texts[0]), .pause(gate), .text(answer.texts[1] + answer.end), .end,
            ]
            try await ScriptedServer.withServer(.http2, answering: .always(script)) { server in
                let provider = WireProvider.acme(at: server.baseURL, trustRoots: path)
                var staying = provider.ask().batches.makeAsyncIterator()
                while staying.message.text.isEmpty { #expect(await staying.next() != nil) }
                _ = try await WayOut.dropping.leave(provider.ask())
                _ = try await server.connectionClosed(for: try #require(server.requests.last))
                gate.open()
                while await staying.next() != nil {}
                #expect(staying.message.text == "Hello")
            }
        }
    }
}
