internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    public func save(_ conversation: Conversation) async throws {
        try await write { try SQLiteDatabase.save(conversation, $0, tags: true) }
    }

    static func save(_ conversation: Conversation, _ database: Database, tags: Bool) throws {
        try insert(conversation, database)
        guard tags else { return }
        try database.cachedStatement(sql: "DELETE FROM tag WHERE conversation = ?").execute(arguments: [conversation.id.data])
        for tag in conversation.tags {
            try database.cachedStatement(sql: "INSERT INTO tag (conversation, name) VALUES (?, ?)")
                .execute(arguments: [conversation.id.data, tag.withoutNulls])
        }
    }

    public func conversation(_ id: ConversationID) async throws -> Conversation? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT \(Conversation.columns) FROM conversation WHERE id = ?", arguments: [id.data]
            ).map(Conversation.init(row:))
        }
    }

    public func conversations(_ filter: ConversationFilter) async throws -> [Conversation] {
        try await read { database in
            var conditions = [filter.isDeleted ? "deleted IS NOT NULL" : "deleted IS NULL"]
            var arguments: StatementArguments = []
            if let isArchived = filter.isArchived {
                conditions.append("archived = ?")
                arguments += [isArchived]
            }
            if let tag = filter.tag {
                conditions.append("id IN (SELECT conversation FROM tag WHERE name = ?)")
                arguments += [tag]
            }
            arguments += [filter.limit, filter.offset]
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Conversation.columns) FROM conversation WHERE \(conditions.joined(separator: " AND "))
                    ORDER BY pinned DESC, updated DESC, id DESC LIMIT ? OFFSET ?
                    """, arguments: arguments)
            return try rows.map(Conversation.init(row:))
        }
    }

    public func purge(_ id: ConversationID) async throws {
        try await write { database in
            let messages = try Int.fetchAll(
                database, sql: "SELECT number FROM message WHERE conversation = ? ORDER BY number DESC", arguments: [id.data])
            // Few go with their conversation, and are not told one by one.
            if messages.count > SQLiteDatabase.depth { try SQLiteDatabase.delete(messages, database) }
            try database.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id.data])
        }
    }

    /// Writes a conversation without its tags.
    static func insert(_ conversation: Conversation, _ database: Database) throws {
        try database.cachedStatement(sql: """
            INSERT INTO conversation
                (id, title, title_source, created, updated, pinned, archived, deleted, local_only, system, model, head, parameters)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                title = excluded.title, title_source = excluded.title_source,
                pinned = excluded.pinned, archived = excluded.archived, deleted = excluded.deleted,
                local_only = excluded.local_only, system = excluded.system, model = excluded.model, head = excluded.head,
                parameters = excluded.parameters
            """).execute(arguments: [
                conversation.id.data, conversation.title.withoutNulls, conversation.titleSource.rawValue, conversation.created.milliseconds,
                conversation.updated.milliseconds, conversation.isPinned, conversation.isArchived, conversation.deleted?.milliseconds,
                conversation.isLocalOnly, conversation.system?.withoutNulls, conversation.model?.withoutNulls, conversation.head?.data, conversation.parameters.isEmpty ? nil : conversation.parameters.json.text,
            ])
    }
}

extension String {
    /// SQLite ends a text at the first character of this kind: it becomes the sign for one that cannot be shown.
    fileprivate var withoutNulls: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
