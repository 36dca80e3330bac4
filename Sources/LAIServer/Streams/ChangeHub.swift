internal import LAICore
internal import LAIStorage
internal import NIOCore
internal import Synchronization

/// Looks at the store for what changes in it, once for all who want to know, and only while anybody does.
final class ChangeHub: Sendable {
    /// Changes, and the frame that tells them: the same bytes for all readers.
    struct News: Sendable {
        var cursor: Int
        var frame: ByteBuffer

        /// - Parameter hasCursor: whether who comes back can go on from here.
        init(_ batch: ChatChanges, hasCursor: Bool) {
            cursor = batch.cursor
            frame =
                EventFrame(
                    id: hasCursor ? batch.cursor : nil, event: batch.isComplete ? nil : "reset", data: .array(batch.changes.map(\.json))
                ).buffer
        }
    }

    private struct State {
        /// As far as the watch has looked; nil while there is none.
        var cursor: Int?
        var next = 0
        /// Those who have everything up to the cursor.
        var waiters: [Int: CheckedContinuation<News?, Never>] = [:]
    }

    private let database: any ChatDatabase
    private let interval: Duration
    private let hasCursor: Bool
    private let state = Mutex(State())

    init(database: any ChatDatabase, interval: Duration, hasCursor: Bool) {
        self.database = database
        self.interval = interval
        self.hasCursor = hasCursor
    }

    /// What changed after a cursor, as soon as there is something; nil when the task is cancelled.
    func news(after cursor: Int) async throws -> News? {
        while !Task.isCancelled {
            if let news = await wait(at: cursor) { return news }
            if Task.isCancelled { return nil }
            // The watch is elsewhere: this reader came back with an older cursor, or nobody watched.
            let batch = try await database.changes(after: cursor, limit: 1000)
            if !batch.changes.isEmpty || !batch.isComplete { return News(batch, hasCursor: hasCursor) }
            // A watch that is about to come here is waited for.
            if !startWatch(at: cursor) { try await Task.sleep(for: interval / 10) }
        }
        return nil
    }

    /// Waits for what comes next; nil at once when the watch is not at that cursor.
    private func wait(at cursor: Int) async -> News? {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isElsewhere = state.withLock { state in
                    if state.cursor != cursor || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isElsewhere { continuation.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: nil)
        }
    }

    /// - Returns: false when there is a watch already.
    private func startWatch(at cursor: Int) -> Bool {
        let isNew = state.withLock { state in
            guard state.cursor == nil else { return false }
            state.cursor = cursor
            return true
        }
        if isNew { Task { await watch(from: cursor) } }
        return isNew || state.withLock { $0.cursor == cursor }
    }

    private func watch(from start: Int) async {
        var cursor = start
        while true {
            try? await Task.sleep(for: interval)
            // A store that cannot be read now is looked at again.
            guard let batch = try? await database.changes(after: cursor, limit: 1000) else { continue }
            let news = batch.changes.isEmpty && batch.isComplete ? nil : News(batch, hasCursor: hasCursor)
            if let news { cursor = news.cursor }
            let (waiters, isOver) = state.withLock { state -> ([CheckedContinuation<News?, Never>], Bool) in
                if news == nil {
                    // Nobody waits any more.
                    if state.waiters.isEmpty { state.cursor = nil }
                    return ([], state.waiters.isEmpty)
                }
                state.cursor = cursor
                defer { state.waiters = [:] }
                return (Array(state.waiters.values), false)
            }
            for waiter in waiters { waiter.resume(returning: news) }
            if isOver { return }
        }
    }
}
