internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming
internal import LAIWire

extension SQLiteDatabase {
    public func statistics(_ filter: StatisticsFilter) async throws -> Statistics {
        let bytes = ["", "-wal", "-shm"].reduce(0) { $0 + SQLiteDatabase.size(of: path + $1) }
        return try await read { database in
            var builder = StatisticsBuilder(filter)
            // SQLite's own JSON functions take three times as long as one look at each receipt.
            let rows = try Row.fetchCursor(
                database, sql: "SELECT role, status, created, receipt FROM message WHERE created >= ?",
                arguments: [filter.since?.milliseconds ?? Int.min])
            while let row = try rows.next() {
                guard let role = Message.Role(rawValue: row[0]), let status = StoredMessage.Status(rawValue: row[1]) else { continue }
                let figures = try row.withUnsafeData(atIndex: 3) { $0.flatMap(SQLiteDatabase.figures) }
                builder.add(role, status, Timestamp(milliseconds: row[2]), figures)
            }
            func count(_ condition: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM conversation WHERE \(condition)") ?? 0
            }
            return builder.statistics(
                conversations: try count("deleted IS NULL"), archived: try count("deleted IS NULL AND archived = 1"),
                deleted: try count("deleted IS NOT NULL"),
                running: try Int.fetchOne(database, sql: "SELECT count(*) FROM stream") ?? 0, bytes: bytes)
        }
    }

    /// A receipt that cannot be read counts as none, here as elsewhere.
    private static func figures(_ receipt: Data) -> AnswerFigures? {
        receipt.withUnsafeBytes { bytes in
            var reader = JSONReader(unsafeBytes: bytes)
            return try? AnswerFigures(reading: &reader)
        }
    }

    private static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
}
