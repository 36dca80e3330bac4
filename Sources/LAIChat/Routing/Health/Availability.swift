internal import LAICore
internal import Synchronization

/// Which providers answer: asked once in a while, by one for all who want to know.
final class Availability: Sendable {
    private struct State {
        var probes: [String: (probe: Probe, at: ContinuousClock.Instant)] = [:]
        /// Who waits for a probe that runs.
        var waiters: [String: [Int: CheckedContinuation<Void, Never>]] = [:]
        var nextWaiter = 0
    }

    private enum Part { case known(Probe), lead, wait }

    private let age: Duration
    private let limit: Duration
    private let clock: any RouterClock
    private let state = Mutex(State())

    init(age: Duration, limit: Duration, clock: any RouterClock) {
        self.age = age
        self.limit = limit
        self.clock = clock
    }

    /// What is known and still believed.
    func known(_ provider: String) -> Probe? {
        let now = clock.now
        return state.withLock { state in
            state.probes[provider].flatMap { now - $0.at < age ? $0.probe : nil }
        }
    }

    /// Forgets that a provider did not answer: it does.
    func answers(_ provider: String) {
        state.withLock { state in if state.probes[provider]?.probe.models == nil { state.probes[provider] = nil } }
    }

    /// Whether the provider answers. Those who ask at the same time share one probe; when the one who runs it is
    /// cancelled, the next one does.
    /// - Throws: `CancellationError` when the task is cancelled.
    func probe(_ provider: any Provider) async throws -> Probe {
        let id = provider.id
        while true {
            try Task.checkCancellation()
            let known = known(id)
            let part: Part = state.withLock { state in
                if let known { return .known(known) }
                if state.waiters[id] != nil { return .wait }
                state.waiters[id] = [:]
                return .lead
            }
            switch part {
            case .known(let probe): return probe
            case .wait: await wait(id)
            case .lead:
                defer { release(id) }
                let probe = try await Probe.run(provider, within: limit, clock: clock)
                let now = clock.now
                state.withLock { $0.probes[id] = (probe, now) }
                return probe
            }
        }
    }

    private func release(_ id: String) {
        let waiters = state.withLock { $0.waiters.removeValue(forKey: id) } ?? [:]
        for waiter in waiters.values { waiter.resume() }
    }

    private func wait(_ id: String) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.waiters[id] == nil { return true }
                    state.waiters[id]?[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters[id]?.removeValue(forKey: number) }?.resume()
        }
    }
}
