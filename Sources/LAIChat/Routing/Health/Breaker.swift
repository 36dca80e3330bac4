internal import LAICore

/// When a provider that fails is left alone, and for how long.
public struct BreakerPolicy: Sendable, Hashable {
    /// So many failures in a row open the breaker.
    public var threshold = 3
    /// How long it stays open; each time that the provider fails again, twice as long.
    public var pause: Duration = .seconds(30)
    /// The longest that it stays open.
    public var maxPause: Duration = .seconds(300)

    public init() {}
}

/// Leaves a provider alone that fails again and again.
///
/// Closed, requests go through. After some failures in a row it opens: the provider is asked only when nobody else
/// answers. After a pause it is half open: one request goes through as a trial, which closes it, or opens it for twice
/// as long. A key that is refused and a quota that is used up open it at once, and a `Retry-After` says for how long.
struct Breaker: Sendable {
    private enum State { case closed, open(until: ContinuousClock.Instant), trial }

    private let policy: BreakerPolicy
    private var state = State.closed
    private(set) var failures = 0
    private var openings = 0
    private(set) var lastError: LAIError?

    init(_ policy: BreakerPolicy) { self.policy = policy }

    /// A breaker as another process left it.
    init(_ policy: BreakerPolicy, _ ailment: ProviderAilment, _ now: ContinuousClock.Instant, _ time: Timestamp) {
        self.policy = policy
        failures = ailment.failures
        openings = ailment.openings
        lastError = LAIError(.providerFailure, ailment.reason)
        if let until = ailment.until { state = .open(until: now + .milliseconds(until.milliseconds - time.milliseconds)) }
    }

    /// What another process should know of it; nil when all is well, or when only a person can mend what is wrong, who may
    /// have done so by then.
    func ailment(_ now: ContinuousClock.Instant, _ time: Timestamp) -> ProviderAilment? {
        guard let lastError, !lastError.isLasting else { return nil }
        var ailment = ProviderAilment(failures: failures, openings: openings, reason: lastError.message, noted: time)
        if case .open(let until) = state { ailment.until = Timestamp(milliseconds: time.milliseconds + Int((until - now) / .milliseconds(1))) }
        return ailment
    }

    /// Why the provider is better left alone now; nil when it is not.
    func ailment(_ now: ContinuousClock.Instant) -> String? {
        let what = lastError.map { RouteRecord.plain($0.message) } ?? "it failed"
        switch state {
        case .closed: return nil
        case .open(let until) where until <= now: return nil
        case .open(let until): return "\(what); tried again in \(Int(((until - now) / .seconds(1)).rounded(.up))) s"
        case .trial: return "\(what); it is being tried again"
        }
    }

    /// A request goes out.
    mutating func begin(_ now: ContinuousClock.Instant) { if case .open(let until) = state, until <= now { state = .trial } }

    mutating func succeed() { self = Breaker(policy) }

    mutating func fail(_ error: LAIError, _ now: ContinuousClock.Instant) {
        failures += 1
        lastError = error
        let isTrial = if case .trial = state { true } else { false }
        guard isTrial || failures >= policy.threshold || error.opensBreaker else { return }
        let pause = min(policy.pause * (1 << min(openings, 10)), policy.maxPause)
        openings += 1
        state = .open(until: now + max(pause, error.retryAfter ?? .zero))
    }

    /// A request ended without telling anything about the provider.
    mutating func release(_ now: ContinuousClock.Instant) { if case .trial = state { state = .open(until: now) } }
}
