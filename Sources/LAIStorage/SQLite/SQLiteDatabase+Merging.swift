internal import GRDB
internal import LAICore
internal import LAIStreaming

extension SQLiteDatabase {
    public func merge(_ trees: [ConversationTree], isTrial: Bool) async throws -> [MergeOutcome] {
        // What is brought in must not take the space that running streams need when the disk is full.
        do { return try await commit { database in try trees.map { try SQLiteDatabase.merge($0, isTrial, database) } } } catch {
            throw failure(error)
        }
    }

    private static func merge(_ tree: ConversationTree, _ isTrial: Bool, _ database: Database) throws -> MergeOutcome {
        var outcome = MergeOutcome.unchanged
        do {
            try database.inSavepoint {
                outcome = try merge(tree, database)
                return isTrial ? .rollback : .commit
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return .refused(LAIError(.invalidRequest, "The store refuses it: \(error.message ?? "a rule is broken").", cause: error))
        } catch let error as LAIError where error.code == .invalidRequest {
            return .refused(error)
        }
        return outcome
    }

    private static func merge(_ tree: ConversationTree, _ database: Database) throws -> MergeOutcome {
        let id = tree.conversation.id
        let row = try Row.fetchOne(database, sql: "SELECT deleted, head, updated FROM conversation WHERE id = ?", arguments: [id.data])
        if let row, row["deleted"] as Int? != nil { return .deleted }
        if row == nil {
            // With a head that is still to come SQLite would look through all conversations for each message.
            var conversation = tree.conversation
            conversation.head = nil
            try insert(conversation, database)
            for tag in tree.conversation.tags {
                try database.cachedStatement(sql: "INSERT INTO tag (conversation, name) VALUES (?, ?)").execute(arguments: [id.data, tag])
            }
        }
        var count = 0
        for message in tree.messages where try insert(message, database) { count += 1 }
        guard let row else {
            // An id that is taken stands in another conversation; the head would be no message of this one.
            guard count == tree.messages.count else { throw ConversationTree.foreign }
            try setHead(tree.conversation.head, of: id, database)
            return .added(messages: count)
        }
        if count == 0 { return .unchanged }
        let updated = max(row["updated"] as Int, tree.conversation.updated.milliseconds)
        try database.execute(sql: "UPDATE conversation SET updated = ? WHERE id = ?", arguments: [updated, id.data])
        if let head = tree.conversation.head, tree.leads(through: row.id("head"), to: head) {
            try setHead(head, of: id, database)
        }
        return .extended(messages: count)
    }

    private static func setHead(_ head: MessageID?, of id: ConversationID, _ database: Database) throws {
        try database.cachedStatement(sql: "UPDATE conversation SET head = ? WHERE id = ?").execute(arguments: [head?.data, id.data])
    }
}

extension ConversationTree {
    static var foreign: LAIError { LAIError(.invalidRequest, "Messages of it are in another conversation already.") }
}
