internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    public func branch(endingWith message: MessageID, limit: Int) async throws -> [StoredMessage] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    WITH RECURSIVE branch (id, depth) AS (
                        VALUES (?, 1)
                        UNION ALL
                        SELECT message.parent, depth + 1 FROM branch JOIN message ON message.id = branch.id
                        WHERE message.parent IS NOT NULL AND depth < ?
                    )
                    SELECT message.* FROM branch JOIN message ON message.id = branch.id ORDER BY depth DESC
                    """, arguments: [message.data, limit])
            return try rows.map(StoredMessage.init(row:))
        }
    }

    public func children(of parents: Set<MessageID?>, in conversation: ConversationID) async throws -> [MessageID?: [MessageID]] {
        try await read { database in
            // A conversation's first messages are found through its index: that of parents has those of all conversations.
            let first = try database.cachedStatement(
                sql: "SELECT id FROM message INDEXED BY message_by_conversation WHERE conversation = ? AND parent IS NULL ORDER BY number")
            let later = try database.cachedStatement(sql: "SELECT id FROM message WHERE parent = ? AND conversation = ? ORDER BY number")
            var children: [MessageID?: [MessageID]] = [:]
            for parent in parents {
                let rows = try parent.map { try Row.fetchAll(later, arguments: [$0.data, conversation.data]) }
                    ?? Row.fetchAll(first, arguments: [conversation.data])
                if !rows.isEmpty { children[parent] = try rows.map { try $0.required("id") } }
            }
            return children
        }
    }

    public func choose(_ message: MessageID) async throws {
        try await write { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT conversation.id, conversation.head FROM message JOIN conversation ON conversation.id = message.conversation WHERE message.id = ?",
                arguments: [message.data])
            guard let row else { throw LAIError(.notFound, "There is no message \(message).") }
            let shown: MessageID? = row.id("head")
            if let shown, try SQLiteDatabase.path(to: shown, database).contains(message) { return }
            let end = try SQLiteDatabase.end(from: message, database)
            try SQLiteDatabase.leave(shown, for: end, database)
            try database.execute(sql: "UPDATE conversation SET head = ? WHERE id = ?", arguments: [end.data, row["id"] as DatabaseValue])
        }
    }

    /// A message and those before it, the last one first.
    private static func path(to message: MessageID, _ database: Database) throws -> [MessageID] {
        try Row.fetchAll(
            database,
            sql: """
                WITH RECURSIVE path (id, depth) AS (
                    VALUES (?, 0)
                    UNION ALL
                    SELECT message.parent, depth + 1 FROM path JOIN message ON message.id = path.id WHERE message.parent IS NOT NULL
                )
                SELECT id FROM path ORDER BY depth
                """, arguments: [message.data]
        ).map { try $0.required("id") }
    }

    /// Where a branch was left, and the newest way on from there.
    private static func end(from message: MessageID, _ database: Database) throws -> MessageID {
        let left = try Row.fetchOne(
            database,
            sql: "SELECT left_branch.end FROM left_branch JOIN message ON message.id = left_branch.end WHERE left_branch.message = ?",
            arguments: [message.data])
        var end = try left?.required("end") ?? message
        let next = try database.cachedStatement(sql: "SELECT id FROM message WHERE parent = ? ORDER BY number DESC LIMIT 1")
        while let row = try Row.fetchOne(next, arguments: [end.data]) { end = try row.required("id") }
        return end
    }

    /// Notes where a branch ended that is no longer shown.
    static func leave(_ shown: MessageID?, for end: MessageID, _ database: Database) throws {
        guard let shown else { return }
        let path = Set(try path(to: end, database))
        guard let first = try SQLiteDatabase.path(to: shown, database).prefix(while: { !path.contains($0) }).last else { return }
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO left_branch (message, end) VALUES (?, ?)")
            .execute(arguments: [first.data, shown.data])
    }
}
