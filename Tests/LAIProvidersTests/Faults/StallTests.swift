import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

/// A server that stops, the clock that finds out, and what it says.
struct Stall: Sendable, CustomTestStringConvertible {
    enum Place: Sendable { case head, firstEvent, event }

    var dialect: Dialect
    var place: Place
    var testDescription: String { "\(dialect.rawValue) before the \(place)" }

    var script: Script {
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        return switch place {
        case .head: [.stall]
        case .firstEvent: [dialect.streamHead, .stall]
        case .event: [dialect.streamHead, .text(answer.start + answer.texts[0]), .stall]
        }
    }

    /// All clocks run; the one that must go off has the limit, the others are far away.
    func timeouts(_ limit: Duration, others: Duration?) -> Timeouts {
        Timeouts.only {
            $0.connect = others
            $0.head = place == .head ? limit : others
            $0.firstEvent = place == .firstEvent ? limit : others
            $0.idle = place == .event ? limit : others
        }
    }

    func sentence(_ limit: String) -> String {
        switch place {
        case .head: "acme did not begin to answer within \(limit)."
        case .firstEvent: "acme did not send anything of an answer within \(limit)."
        case .event: "acme did not go on within \(limit)."
        }
    }

    static let all = Dialect.allCases.flatMap { dialect in
        [Place.head, .firstEvent, .event].map { Stall(dialect: dialect, place: $0) }
    }
}

@Suite("A server that stalls", .timeLimit(.minutes(2)))
struct StallTests {
    @Test("is left when the clock of where it stalls runs out", arguments: Stall.all)
    func manualClock(stall: Stall) async throws {
        let clock = ManualClock()
        try await ScriptedServer.withServer(answering: .always(stall.script)) { server in
            let timeouts = stall.timeouts(.seconds(7), others: nil)
            let provider = WireProvider.acme(stall.dialect, at: server.baseURL, timeouts: timeouts, clock: clock)
            async let outcome = provider.ask().outcome()
            #expect(try await clock.nextDelay() == .seconds(7))
            clock.advance(by: .milliseconds(6999))
            #expect(clock.pendingCount == 1)
            clock.advance(by: .milliseconds(1))
            try await check(outcome, stall, stall.sentence("7 s"))
            #expect(try await server.connectionClosed(for: server.nextRequest()).cause != .server)
        }
    }

    @Test("is left with every clock running", arguments: Stall.all)
    func realClock(stall: Stall) async throws {
        let timeouts = stall.timeouts(.milliseconds(150), others: .seconds(3600))
        let outcome = try await ask(stall.dialect, answeredWith: stall.script, timeouts: timeouts)
        try check(outcome, stall, stall.sentence("150 ms"))
    }

    @Test("is left when its total time is over, though it goes on", arguments: Dialect.allCases)
    func total(dialect: Dialect) async throws {
        let (clock, log) = (ManualClock(), ByteLog())
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let begun = answer.start + answer.texts[0]
        try await ScriptedServer.withServer(answering: .always([dialect.streamHead, .text(begun), .stall])) { server in
            var options = CallOptions()
            options.recorder = log
            let provider = WireProvider.acme(dialect, at: server.baseURL, timeouts: .only { $0.total = .seconds(90) }, clock: clock)
            async let outcome = provider.ask(options: options).outcome()
            #expect(try await clock.nextDelay() == .seconds(90))
            try await log.wait(for: begun.utf8.count)
            clock.advance(by: .seconds(90))
            let received = try await outcome
            #expect(try received.error().message == "acme did not finish within 90 s.")
            #expect(received.text == "Hel")
        }
    }

    private func check(_ outcome: Outcome, _ stall: Stall, _ sentence: String) throws {
        let error = try outcome.error()
        #expect(error.code == .timeout)
        #expect(error.message == sentence)
        #expect(error.isRetryable)
        #expect(outcome.end.reason == .failed)
        #expect(outcome.text == (stall.place == .event ? "Hel" : ""))
        #expect(error.partial?.text == (stall.place == .event ? "Hel" : nil))
    }

    @Test("is alive while it sends signs of life", arguments: Dialect.allCases)
    func signsOfLife(dialect: Dialect) async throws {
        let (clock, log, gates) = (ManualClock(), ByteLog(), [Gate(), Gate(), Gate()])
        let answer = WireAnswer(dialect, ["Hel", "lo"])
        let begun = answer.start + answer.texts[0]
        let script: Script = [
            dialect.streamHead, .text(begun), .pause(gates[0]), .text(dialect.signOfLife), .pause(gates[1]),
            .text(dialect.signOfLife), .pause(gates[2]), .text(answer.texts[1] + answer.end), .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            var options = CallOptions()
            options.recorder = log
            let provider = WireProvider.acme(dialect, at: server.baseURL, timeouts: .only { $0.idle = .seconds(10) }, clock: clock)
            async let outcome = provider.ask(options: options).outcome()
            #expect(try await clock.nextDelay() == .seconds(10))
            // 18 s go by without an event, but never 10 s without a sign of life.
            var count = begun.utf8.count
            for gate in gates[..<2] {
                clock.advance(by: .seconds(6))
                gate.open()
                count += dialect.signOfLife.utf8.count
                try await log.wait(for: count)
            }
            clock.advance(by: .seconds(6))
            gates[2].open()
            let received = try await outcome
            #expect(received.text == "Hello")
            #expect(received.end.reason == .stop)
            // The timer went off at 10 s, saw the sign at 6 s, and was set for the rest.
            #expect(clock.delays.contains(.seconds(6)))
        }
    }

    @Test("is not alive for a byte now and then")
    func trickle() async throws {
        let (clock, log, gate) = (ManualClock(), ByteLog(), Gate())
        let answer = WireAnswer(.openAIChat, ["Hello"])
        let begun = answer.start + answer.texts[0]
        let script: Script = [.head(200, .eventStream), .text(begun), .pause(gate), .text("data: z"), .stall]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            var options = CallOptions()
            options.recorder = log
            let provider = WireProvider.acme(at: server.baseURL, timeouts: .only { $0.idle = .seconds(10) }, clock: clock)
            async let outcome = provider.ask(options: options).outcome()
            #expect(try await clock.nextDelay() == .seconds(10))
            clock.advance(by: .seconds(6))
            gate.open()
            try await log.wait(for: begun.utf8.count + 7)
            clock.advance(by: .seconds(6))
            #expect(try await outcome.error().message == "acme did not go on within 10 s.")
        }
    }

    @Test("is not blamed for a reader that takes its time, but for what it does itself afterwards")
    func slowReader() async throws {
        let (clock, log, gate) = (ManualClock(), ByteLog(), Gate())
        let answer = WireAnswer(.openAIChat, ["Hello", String(repeating: "x", count: 4096)])
        let begun = answer.start + answer.texts[0]
        let burst = String(repeating: answer.texts[1], count: 128)
        let script: Script = [.head(200, .eventStream), .text(begun), .pause(gate), .text(burst), .stall]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            var options = CallOptions()
            options.recorder = log
            let provider = WireProvider.acme(at: server.baseURL, timeouts: .only { $0.idle = .seconds(10) }, clock: clock)
            var iterator = provider.ask(options: options).batches.makeAsyncIterator()
            while iterator.message.text.isEmpty { #expect(await iterator.next() != nil) }
            #expect(try await clock.nextDelay() == .seconds(10))

            // More comes than the 256 KiB that may wait for the reader, who is away for a minute.
            gate.open()
            try await log.wait(for: begun.utf8.count + (1 << 18) + 1)
            clock.advance(by: .seconds(60))
            #expect(log.errors.isEmpty)

            // Everything is delivered; then the server is silent for 10 s of its own.
            while iterator.message.text.utf8.count < 5 + 128 * 4096 {
                let batch = try #require(await iterator.next())
                if case .end(let end)? = batch.last { throw try #require(end.error) }
            }
            #expect(try await clock.nextDelay() == .seconds(10))
            clock.advance(by: .seconds(10))
            let last = await iterator.next()
            guard case .end(let end)? = last?.last else { throw LAIError(.interrupted, "No end: \(String(describing: last)).") }
            #expect(end.error?.message == "acme did not go on within 10 s.")
        }
    }
}
