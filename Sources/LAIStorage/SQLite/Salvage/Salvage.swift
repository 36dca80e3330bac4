internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// Moves a damaged file aside and puts in its place a new one with what can be read of it.
enum Salvage {
    /// Whether what was a store is empty or gone: one is made under another name, so none is ever empty.
    static func isEmptied(_ path: String) -> Bool {
        if let size = size(of: path) { return size == 0 }
        return size(of: path + "-wal") ?? 0 > 0
    }

    /// Only who holds the store's lock may do this.
    /// - Throws: ``LAIError`` with the code `file` when another program has the store open, or the new one cannot be
    ///   written: nothing is moved then.
    static func run(_ path: String, open: (String) throws -> DatabasePool) throws -> (DatabasePool, SalvageReport) {
        if SQLiteDatabase.isInUse(path: path) {
            throw LAIError(
                .file, "The store \(path) is damaged, and another program has it open: end all lai, then the next saves what can be read of it.")
        }
        let aside = "\(path).damaged-\(Timestamp.now.milliseconds)"
        var report = SalvageReport(damagedFile: aside)
        let damaged = try DamagedFile(path)
        report.losses = damaged.losses
        // The new store is whole before the old one goes: whoever ends this at any moment loses nothing.
        let new = try NewFile(path + ".saving", for: path)
        let pool = try open(new.partial)
        try pool.write { try write(damaged, into: $0, &report) }
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        report.olderCopies = olderCopies(of: path)
        try moveAside(path, aside)
        try new.replace()
        // The report is also given to the program; where its file cannot be written, the new store matters more.
        try? Data(report.text.utf8).write(to: URL(filePath: aside + ".txt"))
        return (try open(path), report)
    }

    /// Gives the file another name. It keeps its own until the new one takes that, where the file system can do so.
    private static func moveAside(_ path: String, _ aside: String) throws {
        let files = FileManager.default
        if files.fileExists(atPath: path), (try? files.linkItem(atPath: path, toPath: aside)) == nil {
            try files.moveItem(atPath: path, toPath: aside)
        }
        // A log that stays would be taken for the new file's.
        for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
            try files.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
    }

    /// Copies that were made before a change of the tables, and before another was put back.
    private static func olderCopies(of path: String) -> [String] {
        let folder = Folder.of(path)
        let prefix = (path.split(separator: "/").last ?? "") + ".before-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in name.hasPrefix(prefix) && !["-wal", "-shm", ".part"].contains { name.hasSuffix($0) } }
            .sorted().map { "\(folder)/\($0)" }
    }

    private static func size(of path: String) -> Int? { try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int }

    private static func write(_ saved: DamagedFile, into database: Database, _ report: inout SalvageReport) throws {
        var conversations: Set<ConversationID> = []
        for row in saved.conversations {
            guard let conversation = try? Conversation(row: row) else {
                report.losses.append("a conversation whose row is damaged")
                continue
            }
            guard conversations.insert(conversation.id).inserted else { continue }
            try insert(row, "conversation", Array(row.columnNames).filter { $0 != "head" }, database)
        }
        var messages: Set<MessageID> = []
        var damaged = 0
        for message in saved.messages {
            guard var message else { damaged += 1; continue }
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
        if damaged > 0 { report.losses.append("\(damaged) messages whose rows are damaged") }
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
        let lost = saved.indexed.count {
            !conversations.contains(ConversationID(high: $0.high, low: $0.low)) && !messages.contains(MessageID(high: $0.high, low: $0.low))
        }
        if lost > 0 { report.losses.append("\(lost) messages or conversations that the indexes name") }
        report.conversations = conversations.count
        report.messages = messages.count
    }

    private static func insert(_ row: Row, _ table: String, _ columns: [String], _ database: Database) throws {
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        try database.execute(
            sql: "INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(columns.map { row[$0] as (any DatabaseValueConvertible)? }))
    }
}

extension StoredMessage {
    /// The same message in another place of the tree.
    fileprivate func moved(toParent parent: MessageID?) -> StoredMessage {
        var moved = StoredMessage(
            id: id, conversation: conversation, parent: parent, message: message, status: status, created: created)
        moved.updated = updated
        moved.receipt = receipt
        moved.error = error
        return moved
    }
}
