internal import LAICore
internal import LAIStorage
internal import Synchronization

/// Looks at the store for what changes in it, once for all who want to know, and only while anybody does.
final class ChangeHub: Sendable {
    private struct State {
        var cursor = 0
        var next = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var watch: Task<Void, Never>?
    }

    private let database: any ChatDatabase
    private let interval: Duration
    private let state = Mutex(State())

    init(database: any ChatDatabase, interval: Duration) {
        self.database = database
        self.interval = interval
    }

    /// What changed after a cursor, as soon as there is something; nil when the task is cancelled.
    func changes(after cursor: Int) async throws -> ChatChanges? {
        while !Task.isCancelled {
            let batch = try await database.changes(after: cursor, limit: 1000)
            if !batch.changes.isEmpty || !batch.isComplete { return batch }
            await news(after: cursor)
        }
        return nil
    }

    private func news(after cursor: Int) async {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.cursor > cursor || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    if state.watch == nil { state.watch = Task { await self.watch(from: cursor) } }
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    private func watch(from start: Int) async {
        while true {
            try? await Task.sleep(for: interval)
            // A store that cannot be read is told of by those who then read it.
            let newest = (try? await database.changes(after: nil, limit: 0).cursor) ?? .max
            let (waiters, isDone) = state.withLock { state -> ([CheckedContinuation<Void, Never>], Bool) in
                var woken: [CheckedContinuation<Void, Never>] = []
                if newest > state.cursor {
                    state.cursor = newest == .max ? state.cursor : newest
                    woken = Array(state.waiters.values)
                    state.waiters = [:]
                }
                if state.waiters.isEmpty { state.watch = nil }
                return (woken, state.waiters.isEmpty)
            }
            for waiter in waiters { waiter.resume() }
            if isDone { return }
        }
    }
}
