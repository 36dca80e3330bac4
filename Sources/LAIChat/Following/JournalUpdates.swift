internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// A stream that another process records, read from the journal as it grows.
struct JournalUpdates {
    /// How long it waits for more where there is nothing new.
    private static let patience: Duration = .milliseconds(25)

    private let session: SessionID
    private let database: any ChatDatabase
    private var cursor: Int?
    private let interval: Duration
    /// When the next update may come.
    private var due = ContinuousClock.now
    /// Whether the last update was the end.
    private(set) var isDone = false

    /// - Parameters:
    ///   - cursor: where to go on; nil for a snapshot first.
    ///   - interval: the least time between two updates.
    init(session: SessionID, database: any ChatDatabase, cursor: Int?, interval: Duration) {
        self.session = session
        self.database = database
        self.cursor = cursor
        self.interval = interval
    }

    /// - Returns: nil once the message is written, which has what is missing.
    mutating func next() async throws -> StreamUpdate? {
        guard let start = cursor else { return try await snapshot() }
        try await Task.sleep(until: due, clock: .continuous)
        while let events = try await database.read(session, from: start, maxBytes: 1 << 18) {
            if events.isEmpty {
                // A process that dies leaves its stream behind: whoever follows it ends it.
                try await database.recover()
                try await Task.sleep(for: max(interval, JournalUpdates.patience))
                continue
            }
            if case .end? = events.last { isDone = true }
            cursor = start + events.count
            due = .now + interval
            return .events(interval == .zero ? events : ChunkProcessor.joined(events), cursor: start + events.count)
        }
        return nil
    }

    private mutating func snapshot() async throws -> StreamUpdate? {
        var builder = MessageBuilder()
        var next = 0
        while let events = try await database.read(session, from: next, maxBytes: 1 << 20) {
            if events.isEmpty {
                cursor = next
                return .snapshot(StreamSnapshot(message: builder.message, cursor: next))
            }
            for event in events { builder.apply(event) }
            next += events.count
        }
        return nil
    }
}
