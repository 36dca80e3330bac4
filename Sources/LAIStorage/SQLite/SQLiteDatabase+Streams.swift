internal import FoundationEssentials
internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    public func runningStreams() async throws -> [StreamRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT session, message.conversation, message, began, stream.receipt
                    FROM stream JOIN message ON message.id = stream.message ORDER BY began
                    """
            ).map { row in
                StreamRecord(
                    session: try row.required("session"), conversation: try row.required("conversation"),
                    message: try row.required("message"), began: Timestamp(milliseconds: row["began"]),
                    receipt: row.json("receipt").map(Receipt.init(json:)) ?? Receipt())
            }
        }
    }

    public func requestStop(_ session: SessionID) async throws {
        try await write { database in
            try database.execute(sql: "UPDATE stream SET stop_requested = 1 WHERE session = ?", arguments: [session.data])
        }
    }

    public func stopRequests(among sessions: [SessionID]) async throws -> [SessionID] {
        guard let owner = owner?.id else { return [] }
        return try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT session FROM stream WHERE stop_requested = 1 AND owner = ?", arguments: [owner]
            ).map { try $0.required("session") }
        }
    }

    @discardableResult
    public func recover() async throws -> [MessageID] {
        // Where nothing can be written, all stays as it was left.
        guard let own = owner else { return [] }
        let owners = try await read { try String.fetchAll($0, sql: "SELECT DISTINCT owner FROM stream") }
        var recovered: [MessageID] = []
        for owner in owners where !own.isAlive(owner) {
            let messages = try await write { database in
                let rows = try Row.fetchAll(
                    database, sql: "SELECT number, message, began, receipt FROM stream WHERE owner = ?", arguments: [owner])
                return try rows.map { try SQLiteDatabase.interrupt($0, database) }
            }
            recovered += messages
        }
        return recovered
    }

    /// Makes a message of what came of a stream whose process is gone.
    private static func interrupt(_ row: Row, _ database: Database) throws -> MessageID {
        let message: MessageID = try row.required("message")
        var builder = MessageBuilder()
        var end: StreamEnd?
        var start = ResponseStart()
        var warnings: [String] = []
        let batches = try Row.fetchCursor(
            database, sql: "SELECT events FROM journal WHERE stream = ? ORDER BY first", arguments: [row["number"] as Int])
        while let batch = try batches.next() {
            let data: Data = batch["events"]
            // A damaged row ends what can be known of this stream; it must not keep the whole store from opening.
            guard let events = try? JournalCoding.decode(Array(data)) else { break }
            for event in events {
                builder.apply(event)
                if case .end(let last) = event { end = last }
                if case .started(let first) = event { start = first }
                if case .warning(let warning) = event { warnings.append(warning.message) }
            }
        }
        var last = end ?? StreamEnd(.interrupted, error: .brokeOff)
        last.message = builder.message
        if last.usage == nil, !builder.isEmpty { last.usage = .estimate(inputBytes: nil, outputBytes: builder.utf8Count) }
        var receipt = row.json("receipt").map(Receipt.init(json:)) ?? Receipt()
        receipt.add(last)
        receipt.model = start.model ?? receipt.model
        receipt.provider = start.provider ?? receipt.provider
        receipt.modelAsked = start.modelAsked ?? receipt.modelAsked
        receipt.warnings += warnings
        try close(message, last, receipt, database)
        return message
    }
}
