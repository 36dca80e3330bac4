internal import GRDB
internal import GRDBSQLite

/// Tells when a connection works at something for longer than a second. SQLite itself asks for the time as it works: no
/// thread is needed.
final class SlowWork {
    static let limit: Duration = .seconds(1)
    /// After how many of SQLite's steps the time is looked at.
    private static let steps: Int32 = 10_000

    private var deadline: ContinuousClock.Instant?
    private let tell: () -> Void

    private init(_ limit: Duration, _ tell: @escaping () -> Void) {
        deadline = .now + limit
        self.tell = tell
    }

    /// Runs the body, and tells once when what the pool writes takes longer than the limit.
    static func watch(_ pool: DatabasePool, limit: Duration = limit, tell: @escaping () -> Void, _ body: () throws -> Void) throws {
        let watch = SlowWork(limit, tell)
        try withExtendedLifetime(watch) {
            let context = Unmanaged.passUnretained(watch).toOpaque()
            pool.writeWithoutTransaction { database in
                sqlite3_progress_handler(database.sqliteConnection, steps, { context in
                    Unmanaged<SlowWork>.fromOpaque(context!).takeUnretainedValue().look()
                    return 0
                }, context)
            }
            defer { pool.writeWithoutTransaction { sqlite3_progress_handler($0.sqliteConnection, 0, nil, nil) } }
            try body()
        }
    }

    private func look() {
        guard let deadline, deadline <= .now else { return }
        self.deadline = nil
        tell()
    }
}
