internal import GRDB
internal import LAICore

/// Completions from a store: of filters, of words in the newest messages, and titles.
struct IndexSuggestions {
    /// How many messages are looked through.
    private static let newest = 800

    let database: Database

    func suggestions(for text: String, limit: Int) throws -> [String] {
        let draft = SuggestionDraft(text)
        var found = try draft.filters { name in
            switch name {
            case "role": Message.Role.allCases.map(\.rawValue)
            case "provider", "model": try String.fetchAll(database, sql: "SELECT name FROM search_name WHERE kind = ?", arguments: [name])
            case "tag": try String.fetchAll(database, sql: "SELECT DISTINCT name FROM tag")
            case "before", "after": ["today", "yesterday", "7d"]
            default: []
            }
        }
        if let prefix = draft.prefix { found += try words(prefix, limit).map { draft.head + $0 } }
        return Suggestions.merge(found, try titles(draft, limit), limit)
    }

    private func words(_ prefix: [UInt8], _ limit: Int) throws -> [String] {
        var counter = WordCounter(prefix: prefix)
        let rows = try Row.fetchCursor(database.cachedStatement(sql: """
            SELECT role, parts FROM message_place JOIN message ON message.number = message_place.message
            JOIN conversation ON conversation.id = message.conversation WHERE conversation.deleted IS NULL
            ORDER BY key DESC LIMIT \(IndexSuggestions.newest)
            """))
        while let row = try rows.next() { counter.add(try Message(searchable: row).searchableText) }
        return counter.best(limit)
    }

    private func titles(_ draft: SuggestionDraft, _ limit: Int) throws -> [String] {
        guard let expression = draft.expression else { return [] }
        return try String.fetchAll(
            database.cachedStatement(sql: """
                SELECT title FROM title_search JOIN title_place ON title_place.key = title_search.rowid
                JOIN conversation ON conversation.id = title_place.conversation
                WHERE title_search MATCH ? AND deleted IS NULL ORDER BY title_search.rowid DESC LIMIT ?
                """), arguments: [IndexQuery(expression).text, limit])
    }
}

enum Suggestions {
    /// Words first, but room for some titles; nothing twice.
    static func merge(_ words: [String], _ titles: [String], _ limit: Int) -> [String] {
        let room = min(titles.count, limit / 3)
        var seen: Set<String> = []
        let all = words.prefix(max(0, limit - room)) + titles + words.dropFirst(max(0, limit - room))
        return Array(all.filter { seen.insert($0.lowercased()).inserted }.prefix(max(0, limit)))
    }
}
