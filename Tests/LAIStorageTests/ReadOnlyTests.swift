import Foundation
import GRDB
import LAICore
@testable import LAIStorage
import LAIStreaming
import Testing

@Suite("A store that can only be read", .timeLimit(.minutes(1)))
struct ReadOnlyTests {
    private func fill(_ path: String) async throws -> StoredMessage {
        let database = try SQLiteDatabase(path: path)
        defer { try? database.close() }
        let conversation = Conversation(title: "A title")
        try await database.save(conversation)
        let message = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why is the sky blue?"), status: .sent)
        try await database.add([message], stream: nil)
        return message
    }

    /// All files of the folder, but for the memory that programs share.
    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("is listed, shown, searched, counted and copied, and nothing is written beside it")
    func reading() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "a b%20?.db")
            let message = try await fill(path)
            let (before, bytes) = (try names(folder), try Data(contentsOf: URL(filePath: path)))
            let database = try SQLiteDatabase(path: path, readingOnlyBecause: "the disk cannot be written")
            #expect(database.readOnlyReason?.contains("the disk cannot be written") == true)
            #expect(try await database.recover().isEmpty)
            #expect(try await database.conversations(ConversationFilter()).map(\.title) == ["A title"])
            #expect(try await database.messages(in: message.conversation) == [message])
            #expect(try await database.search(SearchQuery("sky"), limit: 5, offset: 0).count == 1)
            #expect(try await database.statistics(StatisticsFilter()).messages == 1)
            #expect(try await database.findDamage().isEmpty)
            #expect(try await database.stopRequests(among: []).isEmpty)
            #expect(try names(folder) == before)
            try await TemporaryFolder.with { other in
                try await database.backUp(to: other.path(named: "copy.db"))
                #expect(try await SQLiteDatabase(path: other.path(named: "copy.db")).message(message.id) == message)
            }
            try database.close()
            #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        }
    }

    @Test("says so to whoever wants to write")
    func writing() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let message = try await fill(path)
            let before = try names(folder)
            let database = try SQLiteDatabase(path: path, readingOnlyBecause: "the disk cannot be written")
            let stream = StreamRecord(session: SessionID(), conversation: message.conversation, message: message.id)
            let tree = ConversationTree(Conversation(title: "New"), [])
            for attempt: () async throws -> Void in [
                { try await database.save(Conversation(title: "New")) }, { try await database.add([message], stream: stream) },
                { try await database.purge(message.conversation) }, { _ = try await database.merge([tree], isTrial: false) },
                { try await database.requestStop(stream.session) }, { try await database.rebuildSearch() },
            ] {
                let error = try await #require(throws: LAIError.self) { try await attempt() }
                #expect(error.code == .file)
                #expect(error.message.hasSuffix("can only be read: the disk cannot be written."))
            }
            #expect(try names(folder) == before)
        }
    }

    @Test("shows what others write, as they write it")
    func others() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let writer = try SQLiteDatabase(path: path)
            try await writer.save(Conversation(title: "One"))
            let reader = try SQLiteDatabase(path: path, readingOnlyBecause: "it is another's")
            #expect(try await reader.conversations(ConversationFilter()).count == 1)
            try await writer.save(Conversation(title: "Two"))
            #expect(try await reader.conversations(ConversationFilter()).count == 2)
        }
    }

    @Test("is not mixed with what another program makes of it meanwhile")
    func changed() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            _ = try await fill(path)
            let reader = try SQLiteDatabase(path: path, readingOnlyBecause: "it is another's")
            #expect(try await reader.conversations(ConversationFilter()).count == 1)
            let writer = try SQLiteDatabase(path: path)
            try await writer.save(Conversation(title: "Two"))
            let error = try await #require(throws: LAIError.self) { try await reader.conversations(ConversationFilter()) }
            #expect(error.message.contains("try again"))
        }
    }

    @Test("of an older version, or with a log that cannot be read so, says what to do", arguments: ["older", "newer", "log", "empty"])
    func unreadable(kind: String) async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            _ = try await fill(path)
            let database = try SQLiteDatabase(path: path)
            if kind == "older" || kind == "newer" { try await database.write { try $0.execute(sql: "PRAGMA user_version = \(kind == "older" ? 2 : 99)") } }
            var copy = path
            if kind == "log" {
                try await database.save(Conversation(title: "In the log"))
                copy = folder.path(named: "copy.db")
                for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
            } else {
                try database.close()
            }
            if kind == "empty" { try Data().write(to: URL(filePath: path)) }
            let error = try #require(throws: LAIError.self) { try SQLiteDatabase(path: copy, readingOnlyBecause: "it is another's") }
            #expect(error.message.contains(kind == "newer" ? "newer program" : kind == "empty" ? "damaged" : "of your own"), "\(error.message)")
        }
    }
}
