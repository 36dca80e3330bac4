import LAIProviders
import Synchronization

/// A clock that stands still until a test advances it. Whoever schedules something can be waited for, so that no test
/// has to sleep to know how far a stream is.
final class ManualClock: StreamClock {
    private struct Entry {
        var id: Int
        var due: ContinuousClock.Instant
        var action: @Sendable () -> Void
    }

    private struct State {
        var now = ContinuousClock.now
        var entries: [Entry] = []
        var delays: [Duration] = []
        var delaysTaken = 0
        var waiter: CheckedContinuation<Void, Never>?
        var isWaitingOver = false
    }

    private struct Timer: StreamTimer {
        let clock: ManualClock
        let id: Int
        func cancel() { clock.state.withLock { state in state.entries.removeAll { $0.id == id } } }
    }

    private let state = Mutex(State())

    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    /// All delays that were asked for, in their order.
    var delays: [Duration] { state.withLock { $0.delays } }

    /// The timers that are set.
    var pendingCount: Int { state.withLock { $0.entries.count } }

    func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> any StreamTimer {
        let (id, waiter) = state.withLock { state in
            let id = state.delays.count
            state.delays.append(delay)
            state.entries.append(Entry(id: id, due: state.now + delay, action: action))
            defer { state.waiter = nil }
            return (id, state.waiter)
        }
        waiter?.resume()
        return Timer(clock: self, id: id)
    }

    /// The next delay that somebody asks for, or asked for before and no earlier call returned. One task may wait.
    func nextDelay() async throws -> Duration {
        while true {
            try Task.checkCancellation()
            if let delay = take() { return delay }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        if state.delaysTaken < state.delays.count || state.isWaitingOver { return true }
                        state.waiter = continuation
                        return false
                    }
                    if isReady { continuation.resume() }
                }
            } onCancel: {
                let waiter = state.withLock { state in
                    state.isWaitingOver = true
                    defer { state.waiter = nil }
                    return state.waiter
                }
                waiter?.resume()
            }
        }
    }

    private func take() -> Duration? {
        state.withLock { state in
            guard state.delaysTaken < state.delays.count else { return nil }
            defer { state.delaysTaken += 1 }
            return state.delays[state.delaysTaken]
        }
    }

    /// Lets time pass: what falls due runs in its order, each at its own time, what it schedules included.
    func advance(by duration: Duration) {
        let target = now + duration
        while let action = due(by: target) { action() }
        state.withLock { $0.now = max($0.now, target) }
    }

    private func due(by target: ContinuousClock.Instant) -> (@Sendable () -> Void)? {
        state.withLock { state in
            let first = state.entries.indices.min {
                (state.entries[$0].due, state.entries[$0].id) < (state.entries[$1].due, state.entries[$1].id)
            }
            guard let first, state.entries[first].due <= target else { return nil }
            let entry = state.entries.remove(at: first)
            state.now = max(state.now, entry.due)
            return entry.action
        }
    }
}
