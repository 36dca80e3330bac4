internal import LAICore
internal import Synchronization

extension RoutedSource {
    /// Asks two at once.
    func start(_ racers: [RouteLeg]) -> [StreamEvent]? {
        let attempts = racers.compactMap { attempt($0, hasOthers: true) }
        state.withLock { $0.phase = attempts.isEmpty ? .choosing : .racing(attempts) }
        if let first = attempts.first { route.onAsking(first.leg.choice) }
        return nil
    }

    /// Waits for the first token; whoever has it goes on, and the connections of the others are closed.
    func race(_ attempts: [RouteAttempt]) async -> [StreamEvent]? {
        var openings: [(attempt: RouteAttempt, opening: RouteAttempt.Opening)] = []
        await withTaskGroup(of: (Int, RouteAttempt.Opening).self) { group in
            for (index, attempt) in attempts.enumerated() { group.addTask { (index, await attempt.openQuietly()) } }
            while let (index, opening) = await group.next() {
                openings.append((attempts[index], opening))
                if opening.hasFailed { continue }
                for (other, attempt) in attempts.enumerated() where other != index { attempt.source.cancel() }
                group.cancelAll()
                // Who was slower ends as stopped; how, nobody needs to know.
                break
            }
        }
        let won = openings.last.flatMap { $0.opening.hasFailed ? nil : $0 }
        for (attempt, opening) in openings where opening.hasFailed {
            guard case .over(_, let end) = opening, let error = end.error else { continue }
            router.health.end(attempt.leg.provider.id, error)
            state.withLock { state in
                state.attempts += end.attempts
                state.fail(attempt.leg.name, error)
            }
        }
        guard let won else {
            let last = openings.compactMap { if case .over(_, let end) = $0.opening { end.error } else { nil } }.last
            state.withLock { $0.phase = .choosing }
            return last.map { $0.permitsFallback } ?? true ? nil : giveUp()
        }
        for attempt in attempts where !openings.contains(where: { $0.attempt === attempt }) {
            router.health.end(attempt.leg.provider.id, nil)
            state.withLock { state in
                state.attempts += 1
                state.record.steps.append(.outrun(attempt.leg.name))
            }
        }
        state.withLock { $0.open = [won.attempt.source] }
        switch won.opening {
        case .began(let events): return begin(won.attempt, events)
        case .over(let events, let end): return fail(won.attempt, events, end)
        case .told: return nil
        }
    }

    /// Both failed, and nobody else would do better.
    private func giveUp() -> [StreamEvent] {
        state.withLock { $0.legs = [] }
        return exhausted()
    }
}

extension RouteAttempt.Opening {
    fileprivate var hasFailed: Bool { if case .over(_, let end) = self { end.error != nil } else { false } }
}
