import Foundation
import GRDB
import LAICore
@testable import LAIStorage
import LAIStreaming
import Testing

@Suite("A store of an older LAI", .timeLimit(.minutes(1)))
struct MigrationTests {
    /// A store of version 1 with so many messages.
    private func makeOld(_ path: String, _ count: Int) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try Schema.migrations[0](database)
            try database.execute(sql: "PRAGMA user_version = 1")
            try database.execute(sql: "INSERT INTO conversation (id, title, title_source, created, updated) VALUES (randomblob(16), 'Old', 0, 1, 1)")
            try database.execute(sql: """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                INSERT INTO message (id, conversation, role, status, created, updated, parts)
                SELECT randomblob(16), (SELECT id FROM conversation), 'user', 'sent', i, i,
                    json_array(json_object('type', 'text', 'text', 'Number ' || i || ' ' || hex(randomblob(100))))
                FROM n
                """)
        }
        try queue.close()
    }

    @Test("is brought to this version, with a copy of what it was")
    func brought() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try makeOld(path, 50)
            let database = try SQLiteDatabase(path: path)
            #expect(try await database.search(SearchQuery("number 17"), limit: 5, offset: 0).count == 1)
            #expect(try await database.findDamage().isEmpty)
            let copy = try DatabaseQueue(path: path + ".before-2")
            #expect(try await copy.read(Migration.version) == 1)
        }
    }

    @Test("is saved too when it is damaged then: rows of before have fewer columns")
    func damaged() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path(named: "lai.db")
            try makeOld(path, 5)
            do {
                let database = try SQLiteDatabase(path: path)
                var new = Conversation(title: "New")
                new.parameters.temperature = 0.5
                try await database.save(new)
                try database.close()
            }
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes.replaceSubrange(0..<100, with: Data(repeating: 0x5A, count: 100))
            try bytes.write(to: URL(filePath: path))
            let database = try SQLiteDatabase(path: path)
            #expect(database.salvage != nil)
            let saved = try await database.conversations(ConversationFilter())
            #expect(Set(saved.map(\.title)) == ["Old", "New"])
            #expect(saved.first { $0.title == "New" }?.parameters.temperature == 0.5)
        }
    }

    @Test("stays as it was where the disk is too full, which is said")
    func full() throws {
        try TemporaryFolder.sync { folder in
            let path = folder.path(named: "lai.db")
            try makeOld(path, 300)
            var configuration = SQLiteDatabase.configuration(path, isReadOnly: false)
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA max_page_count = \(try Int.fetchOne($0, sql: "PRAGMA page_count")! + 5)") }
            let pool = try DatabasePool(path: path, configuration: configuration)
            let error = try #require(throws: LAIError.self) { try Migration.run(pool, path: path, isSlow: { _ in }) }
            #expect(error.code == .file)
            #expect(error.message.contains("too little space") && error.message.hasSuffix("It is as it was."))
            #expect(try pool.read(Migration.version) == 1)
            #expect(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM message") } == 300)
            try pool.close()
            // With room it works.
            let database = try SQLiteDatabase(path: path)
            #expect(database.salvage == nil)
        }
    }

    @Test("tells once that this takes long, and only then", arguments: [(Duration.zero, 1), (.seconds(1000), 0)])
    func slow(limit: Duration, times: Int) throws {
        try TemporaryFolder.sync { folder in
            let pool = try DatabasePool(path: folder.path(named: "lai.db"))
            var told = 0
            try SlowWork.watch(pool, limit: limit, tell: { told += 1 }) {
                try pool.write { database in
                    for _ in 0..<3 {
                        _ = try Int.fetchOne(
                            database, sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) SELECT count(*) FROM n")
                    }
                }
            }
            #expect(told == times)
        }
    }
}
