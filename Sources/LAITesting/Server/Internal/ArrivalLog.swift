import Synchronization

/// What arrived at a server, in order: kept for looking back, and handed out one by one to whoever waits.
final class ArrivalLog<Entry: Sendable>: Sendable {
    private struct State {
        var entries: [Entry] = []
        var handedOut = 0
        var waiters: [(token: Int, continuation: CheckedContinuation<Entry, any Error>)] = []
        var nextToken = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: the number of entries at which the log is full.
    init(limit: Int) {
        self.limit = limit
    }

    /// All entries so far.
    var entries: [Entry] {
        state.withLock { $0.entries }
    }

    subscript(index: Int) -> Entry? {
        state.withLock { $0.entries.indices.contains(index) ? $0.entries[index] : nil }
    }

    /// Adds the entry that `make` builds for its index; `nil` if the log is full or closed.
    func append(_ make: (_ index: Int) -> Entry) -> Entry? {
        let (entry, waiter) = state.withLock { state -> (Entry?, CheckedContinuation<Entry, any Error>?) in
            guard !state.isClosed, state.entries.count < limit else { return (nil, nil) }
            let entry = make(state.entries.count)
            state.entries.append(entry)
            guard !state.waiters.isEmpty else { return (entry, nil) }
            state.handedOut += 1
            return (entry, state.waiters.removeFirst().continuation)
        }
        if let entry { waiter?.resume(returning: entry) }
        return entry
    }

    /// The first entry that no earlier call returned, as soon as there is one.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first; ``ScriptedServerError`` if the scope of
    ///   the server ended.
    func next() async throws -> Entry {
        let token = state.withLock { state in
            state.nextToken += 1
            return state.nextToken
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<Entry, any Error>? = state.withLock { state in
                    // The cancelled flag is set before the handler below runs: see `Latch.value()`.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.handedOut < state.entries.count {
                        defer { state.handedOut += 1 }
                        return .success(state.entries[state.handedOut])
                    }
                    if state.isClosed { return .failure(ScriptedServerError.scopeEnded) }
                    state.waiters.append((token, continuation))
                    return nil
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.token == token }
                    .map { state.waiters.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Takes no more entries and lets nobody wait for one.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: ScriptedServerError.scopeEnded) }
    }
}
