internal import LAICore
internal import Synchronization

/// What a router has seen of its providers: who failed, and how soon first tokens came. Failures are noted for other processes
/// too, where there is a file for that.
final class ProviderHealth: Sendable {
    private struct State {
        var breakers: [String: Breaker] = [:]
        var firstTokens: [String: Duration] = [:]
    }

    /// How much the newest measurement counts against the older ones.
    private static let weight = 0.3

    private let policy: BreakerPolicy
    private let clock: any RouterClock
    private let file: AilmentFile?
    private let state: Mutex<State>

    init(_ policy: BreakerPolicy, _ clock: any RouterClock, _ file: AilmentFile?) {
        self.policy = policy
        self.clock = clock
        self.file = file
        let (now, time) = (clock.now, Timestamp.now)
        state = Mutex(State(breakers: (file?.load(time) ?? [:]).mapValues { Breaker(policy, $0, now, time) }))
    }

    func ailment(of provider: String) -> String? {
        let now = clock.now
        return state.withLock { $0.breakers[provider]?.ailment(now) }
    }

    func firstToken(of model: String) -> Duration? { state.withLock { $0.firstTokens[model] } }

    func begin(_ provider: String) { change(provider) { $0.begin($1) } }

    /// The first token came.
    func succeed(_ provider: String) { change(provider) { breaker, _ in breaker.succeed() } }

    func end(_ provider: String, _ error: LAIError?) {
        change(provider) { breaker, now in
            if let error, error.isAilment { breaker.fail(error, now) } else { breaker.release(now) }
        }
    }

    func measure(_ model: String, _ firstToken: Duration) {
        state.withLock { state in
            state.firstTokens[model] = state.firstTokens[model].map { $0 * (1 - ProviderHealth.weight) + firstToken * ProviderHealth.weight } ?? firstToken
        }
    }

    private func change(_ provider: String, _ body: (inout Breaker, ContinuousClock.Instant) -> Void) {
        let now = clock.now
        let (before, after) = state.withLock { state in
            let before = state.breakers[provider, default: Breaker(policy)]
            body(&state.breakers[provider, default: before], now)
            return (before, state.breakers[provider, default: before])
        }
        guard let file, before.failures != after.failures else { return }
        file.note(provider, after.ailment(now, .now))
    }
}
