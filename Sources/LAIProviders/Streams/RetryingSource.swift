internal import LAICore
internal import Synchronization

/// Attempts at one request, until one delivers something or no further one is due.
///
/// As long as nothing of an answer was delivered, a failure that may pass leads to another attempt, after a pause. The
/// first thing that is delivered settles it: what follows is that attempt's, to its end.
final class RetryingSource: EventSource {
    private struct State {
        var current: (any EventSource)?
        /// What came before anything of the answer: it belongs to the attempt, and goes with it.
        var held: [StreamEvent] = []
        /// How long to wait before the next attempt, where the current one failed.
        var delay: Duration?
        var attempt = 0
        var isDelivered = false
        var isCancelled = false
        var pause: Wait?
    }

    private let policy: RetryPolicy
    private let clock: any StreamClock
    /// When the last moment is at which another attempt may begin.
    private let deadline: ContinuousClock.Instant?
    private let makeAttempt: @Sendable (_ attempt: Int) -> any EventSource
    private let state = Mutex(State())

    /// - Parameters:
    ///   - total: how long the whole answer may take; the attempts keep to it themselves.
    ///   - makeAttempt: makes the attempt of that number, from 1.
    init(
        policy: RetryPolicy, clock: any StreamClock, total: Duration? = nil, makeAttempt: @escaping @Sendable (_ attempt: Int) -> any EventSource
    ) {
        self.policy = policy
        self.clock = clock
        self.makeAttempt = makeAttempt
        deadline = [policy.budget, total].compactMap(\.self).min().map { clock.now + $0 }
    }

    func next() async -> [StreamEvent]? {
        while true {
            if let delay = state.withLock({ $0.delay }) {
                guard await pause(delay) else { return [stoppedEnd(state.withLock { $0.attempt })] }
                state.withLock { state in
                    state.delay = nil
                    state.current = nil
                }
            }
            guard let batch = await currentAttempt().next() else { return nil }
            let attempt = state.withLock { $0.attempt }
            if state.withLock({ $0.isDelivered }) { return counted(batch, attempt) }
            if batch.contains(where: \.isAnswer) { return deliver(batch, attempt) }
            guard case .end(let end)? = batch.last else {
                state.withLock { $0.held += batch }
                continue
            }
            guard let error = end.error, let delay = delay(after: error, attempt: attempt) else {
                return deliver(batch, attempt)
            }
            state.withLock { state in
                state.delay = delay
                state.held = []
            }
            // Told before the pause: a person who waits wants to know for what.
            return [.warning(StreamWarning(.retried, "Attempt \(attempt) failed; the next one follows in \(LAIError.seconds(delay)): \(error.message)"))]
        }
    }

    func cancel() {
        let (current, pause) = state.withLock { state in
            state.isCancelled = true
            return (state.current, state.pause)
        }
        current?.cancel()
        pause?.finish()
    }

    private func currentAttempt() -> any EventSource {
        let (source, isCancelled) = state.withLock { state in
            if let current = state.current { return (current, state.isCancelled) }
            state.attempt += 1
            let made = makeAttempt(state.attempt)
            state.current = made
            return (made, state.isCancelled)
        }
        if isCancelled { source.cancel() }
        return source
    }

    private func deliver(_ batch: [StreamEvent], _ attempt: Int) -> [StreamEvent] {
        let held = state.withLock { state in
            state.isDelivered = true
            defer { state.held = [] }
            return state.held
        }
        return counted(held + batch, attempt)
    }

    /// Notes in the end how many attempts there were.
    private func counted(_ batch: [StreamEvent], _ attempt: Int) -> [StreamEvent] {
        guard attempt > 1, case .end(var end)? = batch.last else { return batch }
        end.attempts = attempt
        return batch.dropLast() + [.end(end)]
    }

    private func stoppedEnd(_ attempt: Int) -> StreamEvent {
        var end = StreamEnd(.stopped)
        end.attempts = attempt
        state.withLock { state in
            state.isDelivered = true
            state.delay = nil
        }
        return .end(end)
    }

    /// How long to wait before the next attempt; nil when none is due.
    private func delay(after error: LAIError, attempt: Int) -> Duration? {
        guard error.isRetryable, attempt <= policy.maxRetries, error.code != .stopped else { return nil }
        let delay = pause(after: error, attempt: attempt)
        guard let delay, deadline.map({ clock.now + delay < $0 }) ?? true else { return nil }
        return delay
    }

    private func pause(after error: LAIError, attempt: Int) -> Duration? {
        if let asked = error.retryAfter { return asked <= policy.maxRetryAfter ? asked : nil }
        let grown = policy.firstDelay * (1 << min(attempt - 1, 20))
        // Up to a quarter less, by chance, so that those who failed together do not come back together.
        return min(grown, policy.maxDelay) * Double.random(in: 0.75...1)
    }

    /// - Returns: false when the waiting was broken off.
    private func pause(_ delay: Duration) async -> Bool {
        let wait = Wait()
        guard state.withLock({ state in
            state.pause = wait
            return !state.isCancelled
        }) else { return false }
        let timer = clock.schedule(after: delay) { wait.finish() }
        await withTaskCancellationHandler {
            await wait.value()
        } onCancel: {
            cancel()
        }
        timer.cancel()
        return state.withLock { state in
            state.pause = nil
            return !state.isCancelled
        }
    }
}
