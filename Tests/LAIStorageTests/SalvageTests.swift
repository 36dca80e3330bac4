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

    @Test("of which a page is lost gives the rest into a new one", arguments: 2..<8)
    func lostPage(seed: Int) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await fill(path, 120)
            var bytes = try Data(contentsOf: URL(filePath: path))
            // The schema's page names a table that is no page: that is found when the file is opened.
            let pages = bytes.count / 4096
            var page = pages * seed / 8
            // Without the few pages that say what tables there are nothing can be read.
            while bytes[page * 4096..<(page + 1) * 4096].firstRange(of: Data("CREATE ".utf8)) != nil { page += 1 }
            bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: 0xFF, count: 4096))
            try bytes.write(to: URL(filePath: path))
            let (database, report) = try SQLiteDatabase.repair(path: path)
            let messages = try await all(database)
            #expect(report.messages == messages.count)
            #expect(messages.count > 100, "\(report.text)")
            #expect(messages.allSatisfy { $0.status != .streaming })
            #expect(try await database.findDamage().isEmpty)
            for message in messages where message.message.role == .user { #expect(message.message.text.hasPrefix("Question ")) }
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
