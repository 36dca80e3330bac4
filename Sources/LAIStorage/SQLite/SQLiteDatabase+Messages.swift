internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    @discardableResult
    public func add(
        _ messages: [StoredMessage], stream: StreamRecord?, beginning conversation: Conversation?, atHead goesOn: Bool
    ) async throws -> Addition {
        try checkWritable()
        if stream != nil { try reserve.keep() }
        let owner = owner?.id
        return try await write { database in
            for message in messages where try SQLiteDatabase.holds("message", message.id.data, database) { return .known }
            if goesOn, let first = messages.first, try SQLiteDatabase.head(of: first.conversation, database) != first.parent { return .late }
            if var conversation, try !SQLiteDatabase.holds("conversation", conversation.id.data, database) {
                conversation.head = nil
                try SQLiteDatabase.save(conversation, database, tags: true)
            }
            for id in Set(messages.map(\.conversation))
            where try SQLiteDatabase.holds("conversation", id.data, database, "deleted IS NOT NULL") { throw LAIError.deletedConversation }
            for message in messages where try SQLiteDatabase.insert(message, database) {
                let head = try SQLiteDatabase.head(of: message.conversation, database)
                if message.parent != head { try SQLiteDatabase.leave(head, for: message.id, database) }
                try SQLiteDatabase.touch(message.conversation, database, head: message.id)
            }
            if let stream {
                try database.execute(
                    sql: "INSERT INTO stream (session, message, owner, began, receipt) VALUES (?, ?, ?, ?, ?)",
                    arguments: [stream.session.data, stream.message.data, owner, stream.began.milliseconds, stream.receipt.json.text])
            }
            return .added
        }
    }

    private static func head(of id: ConversationID, _ database: Database) throws -> MessageID? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT head FROM conversation WHERE id = ?"), arguments: [id.data])?.id("head")
    }

    private static func holds(_ table: String, _ id: DatabaseValue, _ database: Database, _ condition: String = "TRUE") throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE id = ? AND \(condition))"), arguments: [id]) ?? false
    }

    /// - Returns: false when it is there already.
    static func insert(_ message: StoredMessage, _ database: Database) throws -> Bool {
        try database.cachedStatement(sql: """
            INSERT INTO message (id, conversation, parent, role, status, created, updated, parts, receipt, error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """).execute(arguments: [
                message.id.data, message.conversation.data, message.parent?.data, message.message.role.rawValue,
                message.status.rawValue, message.created.milliseconds, message.updated.milliseconds,
                String(decoding: Part.bytes(of: message.message.parts), as: UTF8.self), message.receipt?.json.text,
                message.error?.json.text,
            ])
        return database.changesCount > 0
    }

    /// Notes that a conversation changed.
    static func touch(_ id: ConversationID, _ database: Database, head: MessageID? = nil) throws {
        try database.cachedStatement(sql: "UPDATE conversation SET updated = ?, head = coalesce(?, head) WHERE id = ?")
            .execute(arguments: [Timestamp.now.milliseconds, head?.data, id.data])
    }

    public func message(_ id: MessageID) async throws -> StoredMessage? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT \(StoredMessage.columns) FROM message WHERE id = ?", arguments: [id.data]
            ).map(StoredMessage.init(row:))
        }
    }

    public func update(_ message: StoredMessage) async throws {
        try await write { database in
            try SQLiteDatabase.update(message, database)
            guard database.changesCount > 0 else { throw LAIError(.notFound, "There is no message \(message.id).") }
            try SQLiteDatabase.touch(message.conversation, database)
        }
    }

    static func update(_ message: StoredMessage, _ database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE message SET status = ?, updated = ?, parts = ?, receipt = ?, error = ? WHERE id = ?"
        ).execute(arguments: [
            message.status.rawValue, Timestamp.now.milliseconds,
            String(decoding: Part.bytes(of: message.message.parts), as: UTF8.self), message.receipt?.json.text,
            message.error?.json.text, message.id.data,
        ])
    }

    public func messages(in conversation: ConversationID) async throws -> [StoredMessage] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT \(StoredMessage.columns) FROM message WHERE conversation = ? ORDER BY number",
                arguments: [conversation.data]
            ).map(StoredMessage.init(row:))
        }
    }

    public func remove(_ id: MessageID) async throws {
        try await write { database in
            guard let row = try Row.fetchOne(
                database, sql: "SELECT conversation, parent FROM message WHERE id = ?", arguments: [id.data])
            else { return }
            let conversation: ConversationID = try row.required("conversation")
            let parent: MessageID? = row.id("parent")
            let messages = try Int.fetchAll(
                database,
                sql: """
                    WITH RECURSIVE gone (id, number) AS (
                        SELECT id, number FROM message WHERE id = ?
                        UNION ALL
                        SELECT message.id, message.number FROM gone JOIN message ON message.parent = gone.id
                    )
                    SELECT number FROM gone ORDER BY number DESC
                    """, arguments: [id.data])
            try SQLiteDatabase.delete(messages, database)
            // The head is null now when it was the message, or one that followed it.
            try database.execute(
                sql: "UPDATE conversation SET head = coalesce(head, ?), updated = ? WHERE id = ?",
                arguments: [parent?.data, Timestamp.now.milliseconds, conversation.data])
        }
    }

    /// How far SQLite surely follows parents to their children; its limit is a thousand.
    static let depth = 900

    /// Deletes messages one by one, those that follow before what they follow.
    static func delete(_ numbers: [Int], _ database: Database) throws {
        let statement = try database.cachedStatement(sql: "DELETE FROM message WHERE number = ?")
        for number in numbers { try statement.execute(arguments: [number]) }
    }
}
