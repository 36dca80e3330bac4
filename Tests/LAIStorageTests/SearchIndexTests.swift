import Foundation
import GRDB
import LAICore
@testable import LAIStorage
import LAIStreaming
import Testing

@Suite("The index of the search", .timeLimit(.minutes(2)))
struct SearchIndexTests {
    private func texts(_ query: String, in database: SQLiteDatabase) async throws -> [String] {
        try await database.search(SearchQuery(query), limit: 100, offset: 0).map(\.snippet.text)
    }

    private func answer(_ text: String, to parent: StoredMessage?, in conversation: ConversationID, created: Timestamp = .now) -> StoredMessage {
        var message = StoredMessage(
            conversation: conversation, parent: parent?.id, message: .assistant(text), status: .sent, created: created)
        message.receipt = Receipt()
        message.receipt?.provider = "acme"
        message.receipt?.model = "small"
        return message
    }

    @Test("comes into a store of the first version, after a snapshot of it, with what was said before")
    func migration() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let conversation = Conversation(title: "Gärten")
            let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Where do begonias grow?"), status: .sent)
            let answers = (0..<50).map { answer("In pots, number \($0).", to: question, in: conversation.id) }
            do {
                // The file as the first version made it.
                let old = try DatabaseQueue(path: path)
                try await old.write { database in
                    try Schema.migrations[0](database)
                    try database.execute(sql: "PRAGMA user_version = 1")
                    try database.execute(
                        sql: "INSERT INTO conversation (id, title, title_source, created, updated) VALUES (?, ?, 0, 1, 1)",
                        arguments: [conversation.id.data, conversation.title])
                    for message in [question] + answers { _ = try SQLiteDatabase.insert(message, database) }
                }
                try old.close()
            }
            let database = try SQLiteDatabase(path: path)
            #expect(try await texts("begonia*", in: database) == ["Where do begonias grow?"])
            #expect(try await texts("pots 49", in: database) == ["In pots, number 49."])
            #expect(try await texts("garten", in: database) == ["Gärten"])
            #expect(try await texts("pots model:small", in: database).count == 50)
            #expect(try await database.findSearchDamage().isEmpty)
            #expect(try await database.findDamage().isEmpty)
            try await database.add([answer("In beds.", to: question, in: conversation.id)], stream: nil)
            #expect(try await texts("beds", in: database).count == 1)
            // What was before stands beside it, and is no newer than it was.
            let snapshot = try DatabaseQueue(path: path + ".before-2")
            let (version, count, isSearched) = try await snapshot.read { database in
                (try Int.fetchOne(database, sql: "PRAGMA user_version"), try Int.fetchOne(database, sql: "SELECT count(*) FROM message"),
                    try database.tableExists("message_search"))
            }
            #expect(version == 1 && count == 51 && !isSearched)
            let mode = try FileManager.default.attributesOfItem(atPath: path + ".before-2")[.posixPermissions] as? Int
            #expect(mode == 0o600, "it is nobody else's either")
            #expect(!FileManager.default.fileExists(atPath: path + ".before-2.part"))
            try database.close()
            #expect(try SQLiteDatabase(path: path).salvage == nil, "it is not brought there twice")
        }
    }

    @Test("agrees with what is kept, whatever is added, changed and removed")
    func integrity() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            var generator = SystemRandomNumberGenerator()
            let words = ["apple", "Übung", "天气很好", "parseLine", "C++", "src/main.c", "", "the", "a", "😀", "\u{0}"]
            func text() -> String { (0..<Int.random(in: 0..<12, using: &generator)).map { _ in words.randomElement()! }.joined(separator: " ") }
            var conversations: [Conversation] = []
            var messages: [StoredMessage] = []
            for step in 0..<300 {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0 where conversations.count < 12:
                    conversations.append(Conversation(title: text(), created: Timestamp(milliseconds: Int.random(in: -5000..<90_000))))
                    try await database.save(conversations.last!)
                case 1:
                    guard var conversation = conversations.randomElement() else { continue }
                    conversation = try await database.conversation(conversation.id)!
                    conversation.title = text()
                    try await database.save(conversation)
                case 2:
                    guard let index = messages.indices.randomElement() else { continue }
                    messages[index].message.parts = [.text(text())]
                    try await database.update(messages[index])
                case 3 where step % 5 == 0:
                    guard let message = messages.randomElement() else { continue }
                    try await database.remove(message.id)
                    messages = try await conversations.asyncFlatMap { try await database.messages(in: $0.id) }
                case 4 where step % 25 == 0:
                    guard let conversation = conversations.popLast() else { continue }
                    try await database.purge(conversation.id)
                    messages.removeAll { $0.conversation == conversation.id }
                default:
                    guard let conversation = conversations.randomElement() else { continue }
                    let parent = messages.filter { $0.conversation == conversation.id }.randomElement()
                    messages.append(answer(text(), to: parent, in: conversation.id, created: Timestamp(milliseconds: Int.random(in: -5000..<90_000))))
                    try await database.add([messages.last!], stream: nil)
                }
            }
            #expect(try await database.findSearchDamage().isEmpty)
            #expect(try await database.findDamage().isEmpty)
            let count = try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM message_place") }
            #expect(count == messages.count)
            #expect(Set(try await database.search(SearchQuery("apple"), limit: .max, offset: 0).compactMap(\.message))
                == Set(messages.filter { $0.message.text.contains("apple") }.map(\.id)))
            // The test can fail: a row that goes without its words is found out.
            try await database.write { try $0.execute(sql: "DROP TRIGGER message_search_removed") }
            let last = try #require(messages.last { $0.message.text.contains("apple") })
            try await database.write { try $0.execute(sql: "UPDATE message_place SET message = -1 WHERE message = (SELECT number FROM message WHERE id = ?)", arguments: [last.id.data]) }
            #expect(try await !database.findSearchDamage().isEmpty)
        }
    }

    @Test("is made anew from what is kept")
    func rebuilt() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let conversation = Conversation(title: "One")
            try await database.save(conversation)
            try await database.add([answer("apple", to: nil, in: conversation.id)], stream: nil)
            try await database.write { try $0.execute(sql: "INSERT INTO message_search (message_search) VALUES ('delete-all')") }
            #expect(try await texts("apple", in: database).isEmpty)
            #expect(try await !database.findSearchDamage().isEmpty)
            try await database.rebuildSearch()
            #expect(try await texts("apple", in: database) == ["apple"])
            #expect(try await database.findSearchDamage().isEmpty)
        }
    }

    @Test("keeps no word from being written when it is damaged", arguments: [
        "DELETE FROM message_search_data", "UPDATE message_search_data SET block = x'ffffffffffffffffff'",
    ])
    func damaged(damage: String) async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let conversation = Conversation(title: "One")
            try await database.save(conversation)
            let first = answer("apple", to: nil, in: conversation.id)
            try await database.add([first], stream: nil)
            try await database.write { try $0.execute(sql: damage) }
            try await database.add([answer("pear", to: first, in: conversation.id)], stream: nil)
            #expect(try await database.messages(in: conversation.id).count == 2)
            #expect(try await texts("apple", in: database) == ["apple"])
            #expect(try await texts("pear", in: database) == ["pear"])
            #expect(try await database.findSearchDamage().isEmpty)
        }
    }

    @Test("has a place for each of thousands of messages of one moment, and keeps their order")
    func burst() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let conversation = Conversation(title: "")
            try await database.save(conversation)
            let moment = Timestamp(milliseconds: 1_700_000_000_000)
            let later = answer("apple later", to: nil, in: conversation.id, created: Timestamp(milliseconds: moment.milliseconds + 20_000))
            try await database.add([later], stream: nil)
            let many = (0..<3000).map { answer("apple \($0)", to: nil, in: conversation.id, created: moment) }
            try await database.add(many, stream: nil)
            let found = try await texts("apple -later", in: database)
            #expect(found.first == "apple 2999")
            #expect(try await database.search(SearchQuery("apple before:2023-12"), limit: 5000, offset: 0).count == 3001)
            #expect(try await database.search(SearchQuery("apple after:2023-11 before:2023-12"), limit: 5000, offset: 0).count == 3001)
            #expect(try await database.search(SearchQuery("apple before:2023-11"), limit: 5000, offset: 0).isEmpty)
        }
    }

    @Test("finds every match of a common word, page by page, each once")
    func pages() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let conversation = Conversation(title: "")
            try await database.save(conversation)
            let many = (0..<2500).map { answer("the apple \($0 % 7 == 0 ? "tree" : "")", to: nil, in: conversation.id, created: Timestamp(milliseconds: 1_700_000_000_000 + $0 * 60_000)) }
            try await database.add(many, stream: nil)
            for query in ["the", "th*", "the OR tree", "a* t*"] {
                var seen: Set<MessageID> = []
                for offset in stride(from: 0, to: 2600, by: 500) {
                    for hit in try await database.search(SearchQuery(query), limit: 500, offset: offset) { #expect(seen.insert(hit.message!).inserted) }
                }
                #expect(seen.count == 2500, "\(query)")
            }
            // A beginning that is common, but hardly ever beside the other word.
            #expect(try await database.search(SearchQuery("th* tree"), limit: 1000, offset: 0).count == 358)
        }
    }

    @Test("is asked by any program what another one receives")
    func otherProgram() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            let writer = try SQLiteDatabase(path: path)
            let reader = try SQLiteDatabase(path: path)
            let conversation = Conversation(title: "A title")
            try await writer.save(conversation)
            let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("Why?"), status: .pending)
            let answer = StoredMessage(conversation: conversation.id, parent: question.id, message: Message(role: .assistant, parts: []), status: .streaming)
            let stream = StreamRecord(session: SessionID(), conversation: conversation.id, message: answer.id)
            try await writer.add([question, answer], stream: stream)
            var events: [StreamEvent] = [.blockStarted(BlockStart(block: 0, kind: .text))]
            try await writer.append([JournalBatch(session: stream.session, first: 0, events: events)])
            for number in 1...50 {
                let delta = StreamEvent.delta(block: 0, text: "word\(number) ")
                try await writer.append([JournalBatch(session: stream.session, first: events.count, events: [delta])])
                events.append(delta)
                let hit = try #require(try await reader.search(SearchQuery("word\(number)"), limit: 5, offset: 0).first)
                #expect(hit.message == answer.id && hit.isRunning)
                #expect(try await reader.search(SearchQuery("word\(number + 1)"), limit: 5, offset: 0).isEmpty)
            }
            try await writer.remove(answer.id)
            #expect(try await reader.search(SearchQuery("word1"), limit: 5, offset: 0).isEmpty)
        }
    }

    @Test("takes a row that no program can read for one without words")
    func unreadable() async throws {
        try await TemporaryFolder.with { folder in
            let database = try SQLiteDatabase(path: folder.path(named: "lai.db"))
            let conversation = Conversation(title: "")
            try await database.save(conversation)
            let message = answer("apple", to: nil, in: conversation.id)
            try await database.add([message], stream: nil)
            try await database.write { try $0.execute(sql: "UPDATE message SET parts = '[{\"type\":\"of tomorrow\"}'") }
            #expect(try await texts("apple", in: database).isEmpty)
            try await database.remove(message.id)
            #expect(try await database.findSearchDamage().isEmpty)
        }
    }
}

extension Array {
    fileprivate func asyncFlatMap<Value>(_ body: (Element) async throws -> [Value]) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values += try await body(element) }
        return values
    }
}
