import LAIProviders
import Synchronization

/// A clock on which waiting takes no time: every timer goes off at once, and the time is set on by its delay.
final class HastyClock: StreamClock {
    private let state = Mutex((now: ContinuousClock.Instant.now, delays: [Duration]()))

    var now: ContinuousClock.Instant { state.withLock { $0.now } }
    /// What was waited for, in its order.
    var delays: [Duration] { state.withLock { $0.delays } }

    func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> any StreamTimer {
        state.withLock { state in
            state.now += delay
            state.delays.append(delay)
        }
        action()
        return SpentTimer()
    }

    private struct SpentTimer: StreamTimer { func cancel() {} }
}
