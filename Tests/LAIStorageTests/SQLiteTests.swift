import Foundation
import GRDB
import LAICore
@testable import LAIStorage
import LAIStreaming
import Testing

@Suite("The SQLite database", .timeLimit(.minutes(2)))
struct SQLiteTests {
    /// A conversation with an answer that is being received.
    private func begin(_ database: SQLiteDatabase, _ title: String = "A title") async throws -> (StoredMessage, StreamRecord) {
        let conversation = Conversation(title: title)
        try await database.save(conversation)
        let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why?"), status: .pending)
        let answer = StoredMessage(
            conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
        let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
        try await database.add([question, answer], stream: stream)
        return (answer, stream)
    }

    private func text(_ text: String...) -> [StreamEvent] {
        [.started(ResponseStart(model: "m")), .blockStarted(BlockStart(block: 0, kind: .text))] + text.map { .delta(block: 0, text: $0) }
    }

    @Test("keeps what stands behind a null character")
    func nulls() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            var conversation = Conversation(title: "a\0b")
            conversation.system = "\0c"
            conversation.tags = ["d\0e"]
            try await database.save(conversation)
            let kept = try #require(try await database.conversation(conversation.id))
            #expect(kept.title == "a\u{FFFD}b")
            #expect(kept.system == "\u{FFFD}c")
            #expect(kept.tags == ["d\u{FFFD}e"])
        }
    }

    @Test("may be closed twice")
    func closedTwice() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            try database.close()
            try database.close()
            await #expect(throws: LAIError.self) { try await database.message(MessageID()) }
            await #expect(throws: LAIError.self) { try await database.purge(ConversationID()) }
        }
    }

    @Test("is opened without a change of its tables, which would take them from other programs for a moment")
    func sameTables() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let first = try SQLiteDatabase(path: path)
            let version = try await first.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            for _ in 0..<3 {
                let other = try SQLiteDatabase(path: path)
                #expect(try await other.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") } == version)
                // What is in the log goes into the file, and the log is empty.
                try other.close()
            }
        }
    }

    @Test("makes the streams of a program that is gone interrupted, with the text that came")
    func recovery() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            var gone: SQLiteDatabase? = try SQLiteDatabase(path: path)
            let (answer, stream) = try await begin(gone!)
            try await gone!.append([JournalBatch(session: stream.session, first: 0, events: text("Hel", "lo"))])
            gone = nil
            let database = try SQLiteDatabase(path: path)
            #expect(try await database.recover() == [answer.id])
            let kept = try #require(try await database.message(answer.id))
            #expect(kept.status == .interrupted)
            #expect(kept.message.text == "Hello")
            #expect(kept.error?.code == .interrupted)
            #expect(kept.receipt?.model == "m")
            #expect(try await database.runningStreams().isEmpty)
            #expect(try await database.recover().isEmpty)
            #expect(try await database.findDamage().isEmpty)
        }
    }

    @Test("opens with a damaged row in the journal, and keeps the text before it")
    func damagedJournal() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            var gone: SQLiteDatabase? = try SQLiteDatabase(path: path)
            let (answer, stream) = try await begin(gone!)
            try await gone!.append([JournalBatch(session: stream.session, first: 0, events: text("Hello"))])
            try await gone!.append([JournalBatch(session: stream.session, first: 3, events: [.delta(block: 0, text: " there")])])
            try await gone!.write { database in
                // As a disk would, not as a program: the rule that guards the journal is put aside.
                try database.execute(sql: "DROP TRIGGER journal_append")
                try database.execute(sql: "UPDATE journal SET events = x'FFFF' WHERE first = 3")
            }
            gone = nil
            let database = try SQLiteDatabase(path: path)
            #expect(try await database.recover() == [answer.id])
            let kept = try #require(try await database.message(answer.id))
            #expect(kept.status == .interrupted)
            #expect(kept.message.text == "Hello")
        }
    }

    @Test("leaves the streams of a program that lives alone, and shows them to others as they grow")
    func otherProgram() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let writer = try SQLiteDatabase(path: path)
            let reader = try SQLiteDatabase(path: path)
            let (answer, stream) = try await begin(writer)
            #expect(try await reader.recover().isEmpty)
            #expect(try await reader.runningStreams() == [stream])
            var count = 0
            for word in ["a", "b", "c"] {
                let events: [StreamEvent] = [.delta(block: 0, text: word)]
                try await writer.append([JournalBatch(session: stream.session, first: count, events: events)])
                #expect(try await reader.read(stream.session, from: count, maxBytes: 100) == events)
                count += 1
            }
            try await reader.requestStop(stream.session)
            #expect(try await writer.stopRequests(among: []) == [stream.session])
            #expect(try await reader.stopRequests(among: []).isEmpty, "it is the other's")
            #expect(try await reader.message(answer.id)?.status == .streaming)
        }
    }

    @Test("takes what many handles write at once, and loses none of it")
    func contention() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for program in 0..<4 {
                    group.addTask {
                        let database = try SQLiteDatabase(path: path)
                        let (answer, stream) = try await begin(database, "\(program)")
                        for index in 0..<50 {
                            let events: [StreamEvent] = index == 0 ? text("0 ") : [.delta(block: 0, text: "\(index) ")]
                            let first = index == 0 ? 0 : index + 2
                            try await database.append([JournalBatch(session: stream.session, first: first, events: events)])
                        }
                        var builder = MessageBuilder()
                        for event in try await database.read(stream.session, from: 0, maxBytes: .max) ?? [] { builder.apply(event) }
                        var end = StreamEnd(.stop)
                        end.message = builder.message
                        try await database.finish(
                            FinishedStream(session: stream.session, conversation: stream.conversation, message: answer.id, end: end))
                        #expect(try await database.message(answer.id)?.message.text == (0..<50).map { "\($0) " }.joined())
                    }
                }
                try await group.waitForAll()
            }
            let database = try SQLiteDatabase(path: path)
            #expect(try await database.conversations(ConversationFilter()).count == 4)
            #expect(try await database.findDamage().isEmpty)
        }
    }

    @Test("refuses a batch that does not follow the one before it")
    func gap() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let (_, stream) = try await begin(database)
            try await database.append([JournalBatch(session: stream.session, first: 0, events: text("a"))])
            for first in [0, 2, 4, -1] {
                await #expect(throws: LAIError.self) {
                    try await database.append([JournalBatch(session: stream.session, first: first, events: text("b"))])
                }
            }
        }
    }

    @Test("leaves a file of a newer LAI untouched")
    func newer() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            do {
                let database = try SQLiteDatabase(path: path)
                try await database.write { try $0.execute(sql: "PRAGMA user_version = 99") }
                try database.close()
            }
            let before = try Data(contentsOf: URL(filePath: path))
            let error = try #require(throws: LAIError.self) { try SQLiteDatabase(path: path) }
            #expect(error.code == .file)
            #expect(error.message.contains("made by a newer LAI"))
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test("says in a sentence why a file cannot be opened", arguments: ["/proc/nope/lai.db", "/dev/null/lai.db"])
    func unopenable(path: String) throws {
        let error = try #require(throws: LAIError.self) { try SQLiteDatabase(path: path) }
        #expect(error.code == .file)
        #expect(error.message.hasSuffix("."))
    }

    @Test("writes a journal of the length of its events")
    func diskUse() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let (_, stream) = try await begin(database)
            var first = 0
            var bytes = 0
            // A hundred thousand deltas, as many in a commit as come in 25 ms from a fast provider.
            while first < 100_000 {
                let events = (0..<25).map { StreamEvent.delta(block: 0, text: " word\(($0 + first) % 100)") }
                bytes += events.reduce(0) { sum, event in if case .delta(_, let text) = event { sum + text.utf8.count } else { sum } }
                try await database.append([JournalBatch(session: stream.session, first: first, events: events)])
                first += events.count
            }
            let written = try await database.read { try Int.fetchOne($0, sql: "SELECT sum(length(events)) FROM journal")! }
            #expect(written < 2 * bytes)
            let pages = try await database.read { try Int.fetchOne($0, sql: "PRAGMA page_count")! }
            #expect(pages * 4096 < 3 * bytes)
        }
    }

    @Test("keeps the file for its owner alone")
    func permissions() throws {
        try TemporaryFolder.sync { folder in
            let path = folder.path(named: "new/lai.db")
            _ = try SQLiteDatabase(path: path)
            for (place, mode) in [(path, 0o600), (folder.path(named: "new"), 0o700)] {
                let found = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
                #expect(found == mode)
            }
        }
    }
}
