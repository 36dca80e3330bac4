internal import FoundationEssentials
internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    public func append(_ batches: [JournalBatch]) async throws {
        let rows = batches.map { ($0.session.data, $0.first, $0.events.count, databaseValue(of: JournalCoding.encode($0.events))) }
        try await write { database in
            let statement = try database.cachedStatement(sql: """
                INSERT INTO journal (stream, first, count, events) SELECT number, ?, ?, ? FROM stream WHERE session = ?
                """)
            for (session, first, count, events) in rows {
                try statement.execute(arguments: [first, count, events, session])
            }
        }
    }

    public func finish(_ streams: [FinishedStream]) async throws {
        try await write { database in
            for stream in streams {
                guard let row = try Row.fetchOne(
                    database.cachedStatement(sql: "SELECT receipt FROM stream WHERE session = ?"), arguments: [stream.session.data])
                else { continue }
                let receipt = (row.json("receipt").map(Receipt.init(json:)) ?? Receipt()).completed(with: stream)
                try SQLiteDatabase.close(stream.message, stream.end, receipt, database)
            }
        }
    }

    /// Writes the message that a stream became, and lets the stream go with its events.
    static func close(_ id: MessageID, _ end: StreamEnd, _ receipt: Receipt, _ database: Database) throws {
        guard let row = try Row.fetchOne(
            database, sql: "SELECT \(StoredMessage.columns) FROM message WHERE id = ?", arguments: [id.data])
        else { return }
        var message = try StoredMessage(row: row)
        message.message.parts = end.message.parts
        message.status = StoredMessage.Status(end.reason)
        message.receipt = receipt
        message.error = end.error
        try update(message, database)
        if let parent = message.parent {
            // The question was answered, if only by half.
            let status: StoredMessage.Status = end.reason == .failed && end.message.parts.isEmpty ? .failed : .sent
            try database.execute(
                sql: "UPDATE message SET status = ? WHERE id = ? AND role <> 'assistant'", arguments: [status.rawValue, parent.data])
        }
        try touch(message.conversation, database)
        try database.execute(sql: "DELETE FROM stream WHERE message = ?", arguments: [id.data])
    }

    public func read(_ session: SessionID, from sequence: Int, maxBytes: Int) async throws -> [StreamEvent]? {
        try await read { database in
            guard let stream = try Int.fetchOne(database, sql: "SELECT number FROM stream WHERE session = ?", arguments: [session.data])
            else { return nil }
            let rows = try Row.fetchCursor(
                database, sql: "SELECT first, events FROM journal WHERE stream = ? AND first + count > ? ORDER BY first",
                arguments: [stream, sequence])
            var events: [StreamEvent] = []
            var bytes = 0
            while bytes < maxBytes, let row = try rows.next() {
                let data: Data = row["events"]
                let first: Int = row["first"]
                bytes += data.count
                events += try JournalCoding.decode(Array(data)).dropFirst(max(0, sequence - first))
            }
            return events
        }
    }
}
