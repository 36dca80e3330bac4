internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// What filters name, in a store.
enum SearchCatalogue {
    /// - Parameter running: the answers that are being received, whose models may be new.
    static func make(_ database: Database, _ running: [RunningTexts.Answer]) -> SearchScope.Catalogue {
        func names(_ kind: String) throws -> [String] {
            try String.fetchAll(database, sql: "SELECT name FROM search_name WHERE kind = ?", arguments: [kind])
        }
        let newest = running.map { Facet.names(of: $0.message.receipt) }
        return SearchScope.Catalogue(
            providers: { Array(Set(try names("provider") + newest.compactMap(\.provider))) },
            models: { Array(Set(try names("model") + newest.flatMap(\.models))) },
            tagged: { try conversations(tagged: $0, database) }, named: { try conversations(named: $0, database) })
    }

    private static func conversations(tagged tag: String, _ database: Database) throws -> Set<ConversationID> {
        let names = try String.fetchAll(database, sql: "SELECT DISTINCT name FROM tag").filter { SearchCatalogue.areAlike($0, tag) }
        return try names.reduce(into: Set()) { found, name in
            for row in try Row.fetchAll(database, sql: "SELECT conversation FROM tag WHERE name = ?", arguments: [name]) {
                found.insert(try row.required("conversation"))
            }
        }
    }

    private static func conversations(named name: String, _ database: Database) throws -> Set<ConversationID> {
        if let digits = idDigits(name) {
            let found = try Row.fetchAll(
                database, sql: "SELECT id FROM conversation WHERE hex(id) LIKE ? OR hex(id) LIKE ?", arguments: [digits + "%", "%" + digits])
            if !found.isEmpty { return Set(try found.map { try $0.required("id") }) }
        }
        guard let expression = SearchQuery.words(of: name) else { return [] }
        let rows = try Row.fetchAll(
            database, sql: """
                SELECT conversation FROM title_search JOIN title_place ON key = title_search.rowid WHERE title_search MATCH ?
                """, arguments: [IndexQuery(expression).text])
        return Set(try rows.map { try $0.required("conversation") })
    }

    /// The digits of an id, or of its beginning or end; nil for what can be none.
    static func idDigits(_ name: String) -> String? {
        let digits = name.filter { $0 != "-" }
        return (4...32).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isHexDigit } ? digits.uppercased() : nil
    }

    /// Whether two names differ in capitals and accents only.
    static func areAlike(_ a: String, _ b: String) -> Bool {
        a == b || a.lowercased() == b.lowercased() || !IndexText.make(a).isEmpty && IndexText.make(a) == IndexText.make(b)
    }
}

extension SearchQuery {
    /// All the words of a name; nil where there are none.
    static func words(of name: String) -> SearchExpression? {
        let words = name.split(whereSeparator: \.isWhitespace).compactMap { SearchPhrase(String($0)) }
        return words.isEmpty ? nil : words.count == 1 ? .phrase(words[0]) : .all(words.map { .phrase($0) })
    }
}
