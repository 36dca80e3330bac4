internal import Synchronization

/// Wakes the readers of sessions at the moments at which they may get more. One task serves all.
final class Alarm: Sendable {
    private struct State {
        var sessions: [ContinuousClock.Instant: [StreamSession]] = [:]
        var next: ContinuousClock.Instant?
        var sleeper: Task<Void, Never>?
    }

    /// Moments are rounded up to this: readers that are due within it are woken together.
    private static let grain: Duration = .milliseconds(2)

    private let state = Mutex(State())
    private let clock = ContinuousClock()
    private let origin = ContinuousClock.now

    func set(_ moment: ContinuousClock.Instant, _ session: StreamSession) {
        let steps = ((moment - origin) / Alarm.grain).rounded(.up)
        let rounded = origin + Alarm.grain * steps
        let sleeper = state.withLock { state in
            state.sessions[rounded, default: []].append(session)
            guard state.next.map({ rounded < $0 }) ?? true else { return nil as Task<Void, Never>? }
            state.next = rounded
            return state.sleeper
        }
        // It sleeps for too long: let it look again.
        sleeper?.cancel()
    }

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let sleeper = state.withLock { state in
                let next = state.next ?? clock.now + .seconds(3600)
                let sleeper = Task { [clock] in _ = try? await clock.sleep(until: next) }
                state.sleeper = sleeper
                return sleeper
            }
            await withTaskCancellationHandler { await sleeper.value } onCancel: { sleeper.cancel() }
            let now = clock.now
            let due = state.withLock { state in
                let moments = state.sessions.keys.filter { $0 <= now }
                defer { state.next = state.sessions.keys.min() }
                return moments.flatMap { state.sessions.removeValue(forKey: $0) ?? [] }
            }
            for session in due { session.wakeDue(now) }
        }
    }
}
