import Foundation
import GRDB
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("A damaged store", .timeLimit(.minutes(2)))
struct SalvageTests {
    /// A store of so many conversations with two messages each, and a stream that runs.
    private func fill(_ path: String, _ count: Int) async throws {
        let database = try SQLiteDatabase(path: path)
        for index in 0..<count {
            var conversation = Conversation(title: "Number \(index)")
            conversation.tags = ["t"]
            try await database.save(conversation)
            let question = StoredMessage(
                conversation: conversation.id, parent: nil, message: .user("Question \(index) " + String(repeating: "x", count: 500)), status: .sent)
            let isLast = index == count - 1
            let answer = StoredMessage(
                conversation: conversation.id, parent: question.id, message: isLast ? Message(role: .assistant, parts: []) : .assistant("Answer \(index)"),
                status: isLast ? .streaming : .sent)
            let stream = isLast ? StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id) : nil
            try await database.add([question, answer], stream: stream)
            if let stream {
                let events: [StreamEvent] = [.blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "as far as it came")]
                try await database.append([JournalBatch(session: stream.session, first: 0, events: events)])
            }
        }
        try database.close()
    }

    private func all(_ database: SQLiteDatabase) async throws -> [StoredMessage] {
        var filter = ConversationFilter()
        filter.limit = .max
        var messages: [StoredMessage] = []
        for conversation in try await database.conversations(filter) { messages += try await database.messages(in: conversation.id) }
        return messages
    }

    /// Ways to damage the beginning or the end of a file, and how many messages of forty must be saved at least.
    enum Damage: CaseIterable {
        case head, firstPage, cutShort, nothingLeft

        func apply(to bytes: inout Data) {
            switch self {
            case .head: bytes.replaceSubrange(0..<100, with: Data(repeating: 0x5A, count: 100))
            case .firstPage: bytes.replaceSubrange(0..<4096, with: Data(repeating: 0xFF, count: 4096))
            case .cutShort: bytes = bytes.prefix(bytes.count / 4096 * 9 / 10 * 4096)
            case .nothingLeft: bytes = Data(repeating: 0x5A, count: bytes.count)
            }
        }

        var least: Int {
            switch self {
            case .head, .firstPage: 40
            case .cutShort: 1
            case .nothingLeft: 0
            }
        }
    }

    @Test("is moved aside, and what can be read of it is saved into a new one that works", arguments: Damage.allCases)
    func damaged(damage: Damage) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 20)
            var bytes = try Data(contentsOf: URL(filePath: path))
            damage.apply(to: &bytes)
            try bytes.write(to: URL(filePath: path))
            let (database, report) = try SQLiteDatabase.repair(path: path)
            #expect(try Data(contentsOf: URL(filePath: report.damagedFile)) == bytes)
            #expect(FileManager.default.fileExists(atPath: report.damagedFile + ".txt"))
            #expect(!report.losses.isEmpty)
            let saved = try await all(database)
            #expect(saved.count >= damage.least, "\(report.text)")
            #expect(saved.count == report.messages)
            #expect(saved.allSatisfy { $0.status != .streaming })
            try await database.save(Conversation(title: "new"))
            #expect(try await database.findDamage().isEmpty)
            let others = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".reading") || $0.contains(".new") }
            #expect(others.isEmpty)
        }
    }

    @Test("is not what a file of a newer LAI is: repair leaves it as it is")
    func newer() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 2)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            try queue.close()
            let bytes = try Data(contentsOf: URL(filePath: path))
            let error = #expect(throws: LAIError.self) { try SQLiteDatabase.repair(path: path) }
            #expect(error?.message.contains("newer") == true)
            #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        }
    }

    @Test("of which a page is lost gives the rest into a new one", arguments: 0..<8)
    func lostPage(seed: Int) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 120)
            var bytes = try Data(contentsOf: URL(filePath: path))
            let page = bytes.count / 4096 * seed / 8
            bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: 0xFF, count: 4096))
            try bytes.write(to: URL(filePath: path))
            let (database, report) = try SQLiteDatabase.repair(path: path)
            let messages = try await all(database)
            #expect(report.messages == messages.count)
            // Of 240, those that one page can hold are lost.
            #expect(messages.count > 210, "\(report.text)")
            #expect(messages.allSatisfy { $0.status != .streaming })
            #expect(try await database.findDamage().isEmpty)
            for message in messages where message.message.role == .user { #expect(message.message.text.hasPrefix("Question ")) }
        }
    }

    @Test("of twenty thousand messages loses none of them with the pages that lead to them", arguments: [false, true])
    func interiorPages(all: Bool) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 20)
            let queue = try DatabaseQueue(path: path)
            let root = try await queue.write { database in
                // The search is made anew with the new store.
                for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                    try database.execute(sql: "DROP TRIGGER \(name)")
                }
                try database.execute(sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    INSERT INTO message (id, conversation, role, status, created, updated, parts)
                    SELECT randomblob(16), (SELECT id FROM conversation LIMIT 1), 'user', 'sent', i, i,
                        json_array(json_object('type', 'text', 'text', 'Number ' || i || ' ' || hex(randomblob(iif(i % 100 = 0, 6000, 200)))))
                    FROM n
                    """)
                return try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'message'")!
            }
            _ = try await queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try queue.close()
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            func number(at offset: Int, _ length: Int) -> Int { bytes[offset..<offset + length].reduce(0) { $0 << 8 | Int($1) } }
            let start = (root - 1) * 4096
            #expect(bytes[start] == 5, "an interior page")
            let children = (0..<number(at: start + 3, 2)).map { number(at: start + number(at: start + 12 + 2 * $0, 2), 4) }
            #expect(bytes[(children[0] - 1) * 4096] == 5, "a tree of three levels")
            for page in all ? children + [root] : [children[1]] {
                for offset in (page - 1) * 4096..<page * 4096 { bytes[offset] = 0xFF }
            }
            try Data(bytes).write(to: URL(filePath: path))
            let (database, report) = try SQLiteDatabase.repair(path: path)
            #expect(report.messages == 20_040, "\(report.text)")
            #expect(!report.losses.isEmpty)
            let found = try await database.search(SearchQuery("\"Number 19900\""), limit: 3, offset: 0)
            #expect(found.count == 1)
            #expect(try await database.findDamage().isEmpty)
        }
    }

    @Test("does not bring back what was deleted")
    func deleted() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 300)
            do {
                let database = try SQLiteDatabase(path: path)
                var filter = ConversationFilter()
                filter.limit = .max
                for conversation in try await database.conversations(filter).dropLast(5) { try await database.purge(conversation.id) }
                try database.close()
            }
            let (_, report) = try SQLiteDatabase.repair(path: path)
            #expect(report.conversations == 5)
            #expect(report.messages == 10)
        }
    }

    @Test("that is cut to nothing is never taken for a new one: what its log has is saved, and older copies are named")
    func emptied() async throws {
        try await TemporaryFolder.with { folder in
            let (path, other) = (folder.path(named: "lai.db"), folder.path(named: "other.db"))
            try await fill(path, 5)
            // The log of a program that was killed holds what was said since the last checkpoint.
            let database = try SQLiteDatabase(path: path)
            let conversation = Conversation(title: "In the log")
            try await database.save(conversation)
            try await database.add([StoredMessage(conversation: conversation.id, parent: nil, message: .user("Said last"), status: .sent)], stream: nil)
            try Data().write(to: URL(filePath: other))
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: other + "-wal")
            try FileManager.default.copyItem(atPath: path, toPath: other + ".before-3")
            let log = try Data(contentsOf: URL(filePath: other + "-wal"))
            let saved = try SQLiteDatabase(path: other)
            let report = try #require(saved.salvage)
            #expect(try await all(saved).contains { $0.message.text == "Said last" })
            #expect(report.text.contains("other.db.before-3"))
            #expect(report.losses.contains { $0.contains("empty") || $0.contains("head") }, "\(report.text)")
            #expect(try Data(contentsOf: URL(filePath: report.damagedFile + "-wal")) == log, "the log is kept as it was")
            try saved.close()
            // The same without a log, and where only the log is left.
            for isThere in [true, false] {
                let third = folder.path(named: "third-\(isThere).db")
                if isThere { try Data().write(to: URL(filePath: third)) } else { try log.write(to: URL(filePath: third + "-wal")) }
                let made = try SQLiteDatabase(path: third)
                #expect(made.salvage != nil)
                #expect(try await made.findDamage().isEmpty)
            }
        }
    }

    @Test("is left where it is while another program has it open")
    func inUse() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let live = try SQLiteDatabase(path: path)
            try await live.save(Conversation(title: "Of the other"))
            try Data().write(to: URL(filePath: path))
            for attempt in [{ _ = try SQLiteDatabase(path: path) }, { _ = try SQLiteDatabase.repair(path: path) }] {
                let error = try #require(throws: LAIError.self, performing: attempt)
                #expect(error.message.contains("another program"))
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.allSatisfy { !$0.contains("damaged") && !$0.contains("saving") }, "\(names)")
            withExtendedLifetime(live) {}
        }
    }

    @Test("that is in order gives everything when it is repaired all the same")
    func nothingLost() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 20)
            let (database, report) = try SQLiteDatabase.repair(path: path)
            #expect(report.losses.isEmpty)
            #expect(report.conversations == 20)
            #expect(report.messages == 40)
            #expect(report.streams == 1)
            let messages = try await all(database)
            #expect(messages.count == 40)
            #expect(messages.contains { $0.status == .interrupted && $0.message.text == "as far as it came" })
            #expect(try await database.conversations(ConversationFilter()).allSatisfy { $0.tags == ["t"] && $0.head != nil })
        }
    }
}
