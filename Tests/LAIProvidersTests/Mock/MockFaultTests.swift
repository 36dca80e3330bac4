import LAIProviders
import LAITesting
import Testing

@Suite("A mock that is told to fail")
struct MockFaultTests {
    /// How a fault must end: the reason, the error's code, and the text that came before.
    struct Outcome: Sendable, CustomTestStringConvertible {
        var fault: MockFault
        var reason: FinishReason
        var code: LAIError.Code?
        var text = ""
        var testDescription: String { fault.rawValue }

        init(_ fault: MockFault, _ reason: FinishReason, _ code: LAIError.Code? = nil, text: String = "") {
            self.fault = fault
            self.reason = reason
            self.code = code
            self.text = text
        }
    }

    static let outcomes: [Outcome] = [
        Outcome(.refused, .failed, .connection), Outcome(.dns, .failed, .dns), Outcome(.tls, .failed, .tls),
        Outcome(.http400, .failed, .invalidRequest), Outcome(.http401, .failed, .authentication),
        Outcome(.http403, .failed, .permission), Outcome(.http404, .failed, .notFound),
        Outcome(.http413, .failed, .requestTooLarge), Outcome(.http429, .failed, .rateLimited),
        Outcome(.http500, .failed, .serverError), Outcome(.http503, .failed, .overloaded),
        Outcome(.http529, .failed, .overloaded), Outcome(.html, .failed, .serverError),
        Outcome(.errorFirst, .failed, .overloaded), Outcome(.errorAfterText, .failed, .serverError, text: "Hello"),
        Outcome(.malformed, .failed, .malformedResponse, text: "Hello"), Outcome(.unknownEvent, .stop, text: "Hello"),
        Outcome(.stallHead, .failed, .timeout), Outcome(.stallFirst, .failed, .timeout),
        Outcome(.stallBetween, .failed, .timeout, text: "Hello"), Outcome(.reset, .interrupted, .interrupted, text: "Hello"),
        Outcome(.truncated, .interrupted, .interrupted, text: "Hello"), Outcome(.doneWithoutReason, .stop, text: "Hello"),
        Outcome(.contentAfterEnd, .stop, text: "Hello"), Outcome(.contextTooLong, .failed, .contextTooLong),
        Outcome(.blockedBefore, .contentFilter), Outcome(.blockedAfter, .contentFilter, text: "Hello"),
        Outcome(.splitEmoji, .stop, text: "🙂"), Outcome(.oneByte, .stop, text: "Hello"),
        Outcome(.largeEvent, .stop, text: String(repeating: "0123456789", count: 1 << 20)),
        Outcome(.length, .length, text: "Hello"), Outcome(.refusal, .refusal),
    ]

    @Test("ends with the reason and the error that one expects, and keeps what came", arguments: outcomes)
    func outcome(expected: Outcome) async throws {
        let events = await MockFaultTests.events(expected.fault)
        guard case .end(let end)? = events.last else { throw LAIError(.interrupted, "There is no end.") }
        #expect(end.reason == expected.reason)
        #expect(end.error?.code == expected.code)
        #expect(end.message.text == expected.text)
        #expect(end.error == nil || end.error?.provider == "mock")
        #expect(end.attempts == 1)
    }

    @Test("has an outcome in this table for every fault")
    func complete() {
        #expect(Set(MockFaultTests.outcomes.map(\.fault)) == Set(MockFault.allCases))
    }

    @Test("says what the server said, with its status")
    func words() async throws {
        let limited = try await MockFaultTests.error(.http429)
        #expect(limited.status == 429)
        #expect(limited.retryAfter == .seconds(1))
        #expect(limited.message == "mock asks to slow down (HTTP 429): Rate limit reached.")
        #expect(try await MockFaultTests.error(.html).message == "mock answered with HTTP 502: 502 Bad Gateway")
        #expect(try await MockFaultTests.error(.http401).providerCode == "invalid_api_key")
        #expect(try await MockFaultTests.error(.stallBetween).message == "mock did not go on within 30 s.")
        #expect(try await MockFaultTests.error(.stallHead).message == "mock did not begin to answer within 120 s.")
    }

    @Test("warns where the answer is whole all the same")
    func warnings() async {
        for (fault, words) in [(MockFault.unknownEvent, "sent 1 event of a kind"), (.doneWithoutReason, "without giving a reason")] {
            let warnings = await MockFaultTests.events(fault).compactMap { if case .warning(let warning) = $0 { warning.message } else { nil } }
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains(words) == true)
        }
    }

    @Test("is asked again by the rules of retries, as long as nothing was delivered")
    func retries() async throws {
        let clock = HastyClock()
        let overloaded = try await #require(throws: LAIError.self) {
            try await MockProvider(clock: clock).stream(ChatRequest(model: "http-503", "Hello")).end()
        }
        #expect(overloaded.code == .overloaded)
        #expect(clock.delays.count == 2)
        #expect((.milliseconds(375)...(.milliseconds(500))).contains(clock.delays[0]))
        #expect((.milliseconds(750)...(.milliseconds(1000))).contains(clock.delays[1]))
        #expect(await MockFaultTests.attempts("http-429") == [3, 1, 1])
        #expect(await MockFaultTests.attempts("http-400") == [1])
        #expect(await MockFaultTests.attempts("error-first").first == 3)
        #expect(await MockFaultTests.attempts("error-after-text") == [1])
    }

    /// How many attempts there were, and the seconds between them.
    private static func attempts(_ model: String) async -> [Int] {
        let clock = HastyClock()
        var attempts = 0
        for await batch in MockProvider(clock: clock).stream(ChatRequest(model: model, "Hello")).batches {
            if case .end(let end)? = batch.last { attempts = end.attempts }
        }
        return [attempts] + clock.delays.map { Int($0.components.seconds) }
    }

    private static func events(_ fault: MockFault) async -> [StreamEvent] {
        var options = CallOptions()
        options.retries = RetryPolicy.none
        let stream = MockProvider(clock: HastyClock()).stream(ChatRequest(model: fault.rawValue, "Hello"), options: options)
        return await stream.batches.reduce(into: []) { $0 += $1 }
    }

    private static func error(_ fault: MockFault) async throws -> LAIError {
        guard case .end(let end)? = await events(fault).last else { throw LAIError(.interrupted, "There is no end.") }
        return try #require(end.error)
    }
}
