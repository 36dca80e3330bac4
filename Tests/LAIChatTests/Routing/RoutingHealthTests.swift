import LAICore
import Synchronization
import Testing

@testable import LAIChat

@Suite("A router remembers who answers and who fails", .timeLimit(.minutes(1)))
struct RoutingHealthTests {
    private let now = ContinuousClock.now
    private let failure = LAIError(.serverError, "It failed.")

    @Test("a breaker opens after some failures in a row, lets one trial through, and pauses twice as long when that fails")
    func breaker() {
        var breaker = Breaker(BreakerPolicy())
        breaker.fail(failure, now)
        breaker.fail(failure, now)
        breaker.succeed()
        for _ in 0..<2 { breaker.fail(failure, now) }
        #expect(breaker.ailment(now) == nil)
        breaker.fail(failure, now)
        #expect(breaker.ailment(now) == "It failed; tried again in 30 s")
        #expect(breaker.ailment(now + .seconds(29)) == "It failed; tried again in 1 s")
        #expect(breaker.ailment(now + .seconds(30)) == nil)
        breaker.begin(now + .seconds(30))
        #expect(breaker.ailment(now + .seconds(30)) == "It failed; it is being tried again", "one trial is enough")
        breaker.fail(failure, now + .seconds(31))
        #expect(breaker.ailment(now + .seconds(90)) != nil)
        #expect(breaker.ailment(now + .seconds(91)) == nil)
        breaker.begin(now + .seconds(91))
        breaker.release(now + .seconds(92))
        #expect(breaker.ailment(now + .seconds(92)) == nil, "a trial that was stopped says nothing")
        breaker.begin(now + .seconds(93))
        breaker.succeed()
        breaker.fail(failure, now + .seconds(94))
        #expect(breaker.ailment(now + .seconds(94)) == nil)
    }

    @Test("a breaker is never open for longer than it may be")
    func longest() {
        var breaker = Breaker(BreakerPolicy())
        var time = now
        for _ in 0..<100 {
            for _ in 0..<3 { breaker.fail(failure, time) }
            time += .seconds(300)
            #expect(breaker.ailment(time) == nil)
            breaker.begin(time)
        }
    }

    @Test("a refused key opens it at once, and a Retry-After says for how long")
    func atOnce() {
        var refused = Breaker(BreakerPolicy())
        refused.fail(LAIError(.authentication, "Wrong key."), now)
        #expect(refused.ailment(now) == "Wrong key; tried again in 30 s")
        var limited = Breaker(BreakerPolicy())
        var error = LAIError(.rateLimited, "Wait.")
        error.retryAfter = .seconds(100)
        limited.fail(error, now)
        #expect(limited.ailment(now + .seconds(99)) != nil)
        #expect(limited.ailment(now + .seconds(100)) == nil)
    }

    @Test("who fails again and again is asked last, and tried again later")
    func order() async throws {
        let clock = StandingClock()
        let first = TestProvider("first", .fail(.serverError), .fail(.serverError), .fail(.serverError), .text("Back."))
        let second = TestProvider("second", .text("Second."))
        let router = makeRouter(first, second, clock: clock)
        for _ in 0..<3 { #expect(try await router.ask().text == "Second.") }
        #expect(first.requests.count == 3)
        let read = try await router.ask()
        #expect(read.text == "Second.")
        #expect(first.requests.count == 3)
        #expect(try router.plan(for: ChatRequest(model: "", "Hi"), named: "auto").choices.map(\.ailment) == [nil, "No; tried again in 30 s"])
        clock.advance(by: .seconds(30))
        #expect(try await router.ask().text == "Back.")
        #expect(try await router.ask().text == "Back.")
    }

    @Test("a trial whose reader goes away is made again")
    func leftTrial() async throws {
        let clock = StandingClock()
        let first = TestProvider("first", .fail(.authentication), .hang(after: []), .text("Back."))
        let router = makeRouter(first, TestProvider("second", .text("Second.")), clock: clock)
        #expect(try await router.ask().text == "Second.")
        clock.advance(by: .seconds(30))
        let stream = try router.provider(named: "auto").stream(ChatRequest(model: "auto", "Hi"))
        let reading = Task { await Read(stream) }
        while first.requests.count < 2 { await Task.yield() }
        let meanwhile = try await router.ask()
        #expect(meanwhile.text == "Second.", "one trial is enough")
        reading.cancel()
        _ = await reading.value
        #expect(try await router.ask().text == "Back.")
    }

    @Test("who is not well is asked all the same when nobody else is there")
    func lastResort() async throws {
        let first = TestProvider("first", .fail(.authentication), .text("Back."))
        let router = makeRouter(first)
        #expect(try await router.ask().end.reason == .failed)
        #expect(try await router.ask().text == "Back.")
    }

    @Test("a question that is at fault does not make a provider ill", arguments: [LAIError.Code.invalidRequest, .notFound, .contextTooLong])
    func atFault(code: LAIError.Code) async throws {
        let router = makeRouter(TestProvider("first", .fail(code)), TestProvider("second", .text("Second.")))
        for _ in 0..<5 { _ = try await router.ask() }
        #expect(try router.plan(for: ChatRequest(model: "", "Hi"), named: "auto").choices[0].ailment == nil)
    }

    @Test("a request that breaks off counts as a failure, one that a person stops does not")
    func brokenOff() async throws {
        let router = makeRouter(TestProvider("first", .brokenOff("Half")), TestProvider("second", .text("Second.")))
        for _ in 0..<3 { #expect(try await router.ask().text == "Half") }
        // Each began well: the breaker counts failures in a row.
        #expect(try await router.ask().text == "Half")
    }

    @Test("those who ask at once share one probe, and its answer is believed for a while")
    func sharedProbe() async throws {
        let clock = StandingClock()
        let provider = Probed()
        let availability = Availability(age: .seconds(30), limit: .seconds(2), clock: clock)
        let asking = (0..<5).map { _ in Task { try await availability.probe(provider).models?.count } }
        while provider.waiting == 0 { await Task.yield() }
        provider.answer([ModelInfo(id: "m")])
        for task in asking { #expect(try await task.value == 1) }
        #expect(provider.count == 1)
        #expect(try await availability.probe(provider).models?.count == 1)
        clock.advance(by: .seconds(30))
        #expect(availability.known("probed") == nil)
        let again = Task { try await availability.probe(provider) }
        while provider.waiting == 0 { await Task.yield() }
        provider.answer([])
        _ = try await again.value
        #expect(provider.count == 2)
    }

    @Test("when the one who probes is cancelled, the next one probes")
    func cancelledProbe() async throws {
        let provider = Probed()
        let availability = Availability(age: .seconds(30), limit: .seconds(2), clock: StandingClock())
        let first = Task { try await availability.probe(provider) }
        while provider.waiting == 0 { await Task.yield() }
        let second = Task { try await availability.probe(provider) }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        while provider.waiting == 0 { await Task.yield() }
        provider.answer([])
        #expect(try await second.value.models == [])
        #expect(provider.count == 2)
    }

    @Test("a probe that gets no answer has a limit")
    func limit() async throws {
        let clock = StandingClock()
        let provider = Probed()
        let availability = Availability(age: .seconds(30), limit: .seconds(2), clock: clock)
        let asking = Task { try await availability.probe(provider) }
        while clock.sleepers == 0 || provider.waiting == 0 { await Task.yield() }
        clock.advance(by: .seconds(2))
        #expect(try await asking.value.error?.code == .timeout)
        #expect(availability.known("probed")?.error?.code == .timeout)
    }

    @Test("the pace of first tokens is kept, the newest counting most")
    func pace() async throws {
        let router = makeRouter(TestProvider("a", .text("")))
        for milliseconds in [100, 200] { router.learn(provider: "a", model: "m", firstToken: .milliseconds(milliseconds)) }
        let pace = try #require(try router.plan(for: ChatRequest(model: "", "Hi"), named: "a/m").choices[0].firstToken)
        #expect(abs(pace / .milliseconds(1) - 130) < 0.001)
    }
}

/// A provider whose list of models comes when a test says so.
private final class Probed: Provider {
    let id = "probed"
    private let state = Mutex((count: 0, waiters: [Int: CheckedContinuation<[ModelInfo], any Error>]()))

    var count: Int { state.withLock { $0.count } }
    var waiting: Int { state.withLock { $0.waiters.count } }

    func answer(_ models: [ModelInfo]) {
        let waiters = state.withLock { state in
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: models) }
    }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream { fatalError("nobody asks") }

    func models() async throws -> [ModelInfo] {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(throwing: CancellationError())
        }
    }
}
