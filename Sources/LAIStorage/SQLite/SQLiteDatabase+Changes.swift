internal import GRDB
public import LAICore
public import LAIStreaming

extension SQLiteDatabase {
    public func changes(after cursor: Int?, limit: Int) async throws -> ChatChanges {
        try await read { database in
            let newest = try Int.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'change'") ?? 0
            guard let cursor else { return ChatChanges(changes: [], cursor: newest) }
            if cursor == newest { return ChatChanges(changes: [], cursor: newest) }
            let oldest = try Int.fetchOne(database, sql: "SELECT min(number) FROM change") ?? newest + 1
            // A cursor of the future is one of another file, or of this one before it was put back.
            guard cursor >= oldest - 1, cursor < newest else { return ChatChanges(changes: [], cursor: newest, isComplete: false) }
            let rows = try Row.fetchCursor(
                database, sql: "SELECT number, kind, conversation, message, status FROM change WHERE number > ? ORDER BY number LIMIT ?",
                arguments: [cursor, limit])
            var result = ChatChanges(changes: [], cursor: cursor)
            while let row = try rows.next() {
                guard let kind = ChatChange.Kind(rawValue: row["kind"]) else { continue }
                result.append(
                    ChatChange(
                        kind, conversation: try row.required("conversation"), message: row.id("message"),
                        status: (row["status"] as String?).flatMap(StoredMessage.Status.init)))
                result.cursor = row["number"]
            }
            return result
        }
    }

    @discardableResult
    public func change(_ id: ConversationID, _ body: @escaping @Sendable (inout Conversation) throws -> Void) async throws -> Conversation {
        let result: Result<Conversation, any Error> = try await write { database in
            guard let row = try Row.fetchOne(
                database, sql: "SELECT \(Conversation.columns) FROM conversation WHERE id = ?", arguments: [id.data])
            else { throw LAIError(.notFound, "There is no conversation \(id).") }
            let old = try Conversation(row: row)
            var conversation = old
            // What the body throws is not the store's failure, and nothing is written yet.
            do { try body(&conversation) } catch { return .failure(error) }
            if conversation != old { try SQLiteDatabase.save(conversation, database, tags: conversation.tags != old.tags) }
            return .success(conversation)
        }
        return try result.get()
    }
}
