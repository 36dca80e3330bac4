internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// What was saved from a damaged file.
public struct SalvageReport: Sendable, Hashable {
    /// Where the damaged file is now.
    public var damagedFile: String
    public var conversations = 0
    public var messages = 0
    /// Streams that were being received, whose text was saved as interrupted messages.
    public var streams = 0
    /// What could not be read.
    public var losses: [String] = []

    /// A few lines for a person.
    public var text: String {
        let lines = ["LAI found its store damaged, moved it to \(damagedFile), and made a new one with what could be read of it:",
            "\(conversations) conversations, \(messages) messages, \(streams) of them as far as they had come."]
        return (lines + losses.map { "Not read: \($0)" }).joined(separator: "\n") + "\n"
    }
}

/// Moves a damaged file aside and saves into a new one what can be read of it.
enum Salvage {
    static func run(_ path: String, makeNew: (String) throws -> DatabasePool) throws -> (DatabasePool, SalvageReport) {
        let aside = "\(path).damaged-\(Timestamp.now.milliseconds)"
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
        let pool = try makeNew(path)
        var report = SalvageReport(damagedFile: aside)
        do {
            let saved = try read(aside, makeNew)
            report.losses = saved.losses
            try pool.write { try Salvage.write(saved, into: $0, &report) }
        } catch let error as DatabaseError {
            report.losses.append("the file as a whole (\(error.message ?? "no database"))")
        }
        // The report is also given to the program; where its file cannot be written, the new store matters more.
        try? Data(report.text.utf8).write(to: URL(filePath: aside + ".txt"))
        return (pool, report)
    }

    /// Reads the file as it is; where that gives nothing, a copy of it with another head, and then with another first page.
    private static func read(_ path: String, _ makeNew: (String) throws -> DatabasePool) throws -> DamagedFile.Rows {
        let asItIs = Result { try rows(of: path) }
        if case .success(let rows) = asItIs, !rows.isEmpty { return rows }
        let copy = path + ".reading"
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) } }
        guard let page = try? FirstPage(ofNewStoreAt: path + ".new", make: makeNew) else { return try asItIs.get() }
        for isWhole in [false, true] {
            // What cannot be read so may be read in the next way.
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
            guard (try? FileManager.default.copyItem(atPath: path, toPath: copy)) != nil,
                (try? page.write(to: copy, isWhole: isWhole)) != nil, var rows = try? rows(of: copy), !rows.isEmpty
            else { continue }
            rows.losses.insert(isWhole ? "the first page, which another took the place of" : "the head of the file, which another took the place of", at: 0)
            return rows
        }
        return try asItIs.get()
    }

    private static func rows(of path: String) throws -> DamagedFile.Rows {
        var configuration = Configuration()
        // A file that was cut short is read as far as it goes.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
        return try DatabaseQueue(path: path, configuration: configuration).unsafeRead { DamagedFile(database: $0).readAll() }
    }

    private static func write(_ saved: DamagedFile.Rows, into database: Database, _ report: inout SalvageReport) throws {
        var conversations: Set<ConversationID> = []
        for row in saved.conversations {
            guard let conversation = try? Conversation(row: row) else {
                report.losses.append("a conversation whose row is damaged")
                continue
            }
            guard conversations.insert(conversation.id).inserted else { continue }
            try insert(row, "conversation", Array(row.columnNames).filter { !["head", "rowid_"].contains($0) }, database)
        }
        var messages: Set<MessageID> = []
        for row in saved.messages {
            guard var message = try? StoredMessage(row: row) else {
                report.losses.append("a message whose row is damaged")
                continue
            }
            guard messages.insert(message.id).inserted else { continue }
            if conversations.insert(message.conversation).inserted {
                try SQLiteDatabase.insert(Conversation(id: message.conversation, title: "Recovered", created: message.created), database)
            }
            if let parent = message.parent, !messages.contains(parent) { message = message.moved(toParent: nil) }
            if message.status == .streaming {
                message = saved.finished(message)
                report.streams += 1
            }
            _ = try SQLiteDatabase.insert(message, database)
        }
        for row in saved.tags {
            guard let id: ConversationID = row.id("conversation"), conversations.contains(id) else { continue }
            try database.execute(
                sql: "INSERT OR IGNORE INTO tag (conversation, name) VALUES (?, ?)", arguments: [id.data, row["name"] as String?])
        }
        for row in saved.conversations {
            guard let id: ConversationID = row.id("id"), let head: MessageID = row.id("head"), messages.contains(head) else { continue }
            try database.execute(sql: "UPDATE conversation SET head = ? WHERE id = ?", arguments: [head.data, id.data])
        }
        // Where the head is lost, the newest message is it.
        try database.execute(sql: """
            UPDATE conversation SET head = (
                SELECT id FROM message WHERE message.conversation = conversation.id ORDER BY number DESC LIMIT 1)
            WHERE head IS NULL
            """)
        report.conversations = conversations.count
        report.messages = messages.count
    }

    private static func insert(_ row: Row, _ table: String, _ columns: [String], _ database: Database) throws {
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        try database.execute(
            sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(columns.map { row[$0] as (any DatabaseValueConvertible)? }))
    }
}
