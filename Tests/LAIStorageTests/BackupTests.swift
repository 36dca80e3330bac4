import Foundation
import GRDB
import LAICore
@testable import LAIStorage
import LAIStreaming
import Testing

@Suite("A backup", .timeLimit(.minutes(2)))
struct BackupTests {
    private func fill(_ database: SQLiteDatabase, _ title: String) async throws -> StreamRecord {
        let conversation = Conversation(title: title)
        try await database.save(conversation)
        let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why?"), status: .pending)
        let answer = StoredMessage(
            conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
        let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
        try await database.add([question, answer], stream: stream)
        return stream
    }

    private func titles(_ path: String) async throws -> [String] {
        let database = try SQLiteDatabase(path: path)
        defer { try? database.close() }
        #expect(database.salvage == nil)
        #expect(try await database.findDamage().isEmpty)
        return try await database.conversations(ConversationFilter()).map(\.title).sorted()
    }

    @Test("is whole and checked, for its owner only, while others write and streams run")
    func whileWriting() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let database = try SQLiteDatabase(path: path)
            let other = try SQLiteDatabase(path: path)
            let stream = try await fill(database, "First")
            try await database.append([JournalBatch(session: stream.session, first: 0, events: [.blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "So far")])])
            let copy = folder.path(named: "copy.db")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for index in 0..<200 { try await other.save(Conversation(title: "\(index)")) } }
                group.addTask { try await database.backUp(to: copy) }
                try await group.waitForAll()
            }
            #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(named: ""))
            #expect(names.filter { $0.hasPrefix("copy") } == ["copy.db"], "one file, and nothing else is left")
            // In the copy the stream belongs to nobody: it broke off, with its text.
            let opened = try SQLiteDatabase(path: copy)
            #expect(try await opened.recover() == [stream.message])
            #expect(try await opened.message(stream.message)?.message.text == "So far")
            #expect(try await opened.conversations(ConversationFilter()).contains { $0.title == "First" })
        }
    }

    @Test("goes over no file, and leaves nothing behind where it fails")
    func refused() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let taken = folder.path(named: "taken")
            try Data("mine".utf8).write(to: URL(filePath: taken))
            let error = try await #require(throws: LAIError.self) { try await database.backUp(to: taken) }
            #expect(error.message.contains("already"))
            #expect(try Data(contentsOf: URL(filePath: taken)) == Data("mine".utf8))
            let nowhere = try await #require(throws: LAIError.self) { try await database.backUp(to: folder.path(named: "no/such/folder.db")) }
            #expect(nowhere.code == .file)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(named: "")).allSatisfy { !$0.contains("partial") })
        }
    }

    @Test("of a damaged store is refused")
    func damaged() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let database = try SQLiteDatabase(path: path)
            for index in 0..<300 { _ = try await fill(database, "\(index)") }
            try await database.write { database in
                try database.execute(sql: "PRAGMA writable_schema = 1")
                try database.execute(sql: "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'message') WHERE name = 'tag_by_name'")
            }
            let copy = folder.path(named: "copy.db")
            await #expect(throws: LAIError.self) { try await database.backUp(to: copy) }
            #expect(!FileManager.default.fileExists(atPath: copy))
        }
    }

    @Test("takes the place of the store, which is kept")
    func restored() async throws {
        try await TemporaryFolder.with { folder in
            let (path, copy) = (folder.path(named: "lai.db"), folder.path(named: "copy.db"))
            do {
                let database = try SQLiteDatabase(path: path)
                try await database.save(Conversation(title: "Then"))
                try await database.backUp(to: copy)
                try await database.save(Conversation(title: "Later"))
                let busy = try #require(throws: LAIError.self) { try SQLiteDatabase.restore(path: path, from: copy) }
                #expect(busy.message.contains("Another program"))
                try database.close()
            }
            let aside = try #require(try SQLiteDatabase.restore(path: path, from: copy))
            #expect(try await titles(path) == ["Then"])
            #expect(try await titles(aside) == ["Later", "Then"])
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            let fresh = folder.path(named: "new/lai.db")
            #expect(try SQLiteDatabase.restore(path: fresh, from: copy) == nil)
            #expect(try await titles(fresh) == ["Then"])
        }
    }

    @Test("that is none, is damaged, or is of a newer LAI changes nothing", arguments: ["text", "empty", "other", "newer", "cut", "missing"])
    func unusable(kind: String) async throws {
        try await TemporaryFolder.with { folder in
            let (path, copy) = (folder.path(named: "lai.db"), folder.path(named: "copy.db"))
            do {
                let database = try SQLiteDatabase(path: path)
                for index in 0..<200 { try await database.save(Conversation(title: "\(index)")) }
                try await database.backUp(to: copy)
                try database.close()
            }
            let url = URL(filePath: copy)
            switch kind {
            case "text": try Data("hello, this is no database at all".utf8).write(to: url)
            case "empty": try Data().write(to: url)
            case "cut": try Data(contentsOf: url).prefix(20_000).write(to: url)
            case "missing": try FileManager.default.removeItem(at: url)
            default:
                let other = try SQLiteDatabase(path: copy)
                let sql = kind == "newer" ? "PRAGMA user_version = 99" : "DROP TABLE stream; DROP TABLE journal; DROP TABLE tag; ALTER TABLE message RENAME TO something"
                try await other.write { try $0.execute(sql: sql) }
                try other.close()
            }
            let before = try Data(contentsOf: URL(filePath: path))
            let error = try #require(throws: LAIError.self) { try SQLiteDatabase.restore(path: path, from: copy) }
            #expect(error.code == .file && error.message.hasSuffix("."))
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(named: "")).allSatisfy { !$0.contains("restor") })
        }
    }
}
