internal import GRDB
internal import LAICore

extension SQLiteDatabase {
    public func search(_ query: SearchQuery, limit: Int, offset: Int) async throws -> [SearchHit] {
        let running = running
        return try await read { database in
            var search = try IndexSearch(query, database, running)
            return try search.hits(limit: limit, offset: max(0, offset))
        }
    }

    public func suggestions(for text: String, limit: Int) async throws -> [String] {
        try await read { try IndexSuggestions(database: $0).suggestions(for: text, limit: limit) }
    }

    /// Makes the index of the search anew from what is kept.
    public func rebuildSearch() async throws {
        try await write(SQLiteDatabase.rebuildSearch)
    }

    @Sendable static func rebuildSearch(_ database: Database) throws {
        try database.execute(sql: "INSERT INTO message_search (message_search) VALUES ('rebuild')")
        try database.execute(sql: "INSERT INTO title_search (title_search) VALUES ('rebuild')")
    }

    /// Compares the index of the search with all that is kept.
    /// - Returns: what is wrong with it; nothing, when all is well.
    public func findSearchDamage() async throws -> [String] {
        try await write { database in
            try ["message_search", "title_search"].compactMap { table in
                do {
                    try database.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES ('integrity-check', 1)")
                    return nil
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                    return "the index \(table) does not agree with what is kept"
                }
            }
        }
    }
}
