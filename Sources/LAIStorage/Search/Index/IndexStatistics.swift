internal import GRDB
internal import LAICore

/// How common words are, found without counting all their rows.
struct IndexStatistics {
    /// How many terms a message and a title usually have, where it is not worth asking.
    static let usualLength = 80.0
    static let usualTitleLength = 6.0
    /// How many of the newest messages tell which beginnings of words are common, and how many with one make it so.
    private static let sample = 100
    private static let commonInSample = 6

    let database: Database

    /// What each phrase tells. Where there is but one nothing needs to be known of it.
    func weights(of phrases: [SearchPhrase]) throws -> [SearchPhrase: Double] {
        if phrases.count == 1 { return [phrases[0]: 1] }
        if phrases.isEmpty { return [:] }
        let total = try Int.fetchOne(database, sql: "SELECT max(message) FROM message_place") ?? 0
        var known: [String: Double] = [:]
        var weights: [SearchPhrase: Double] = [:]
        for phrase in phrases {
            let whole = phrase.isPrefix ? phrase.terms.dropLast() : phrase.terms[...]
            weights[phrase] = try whole.reduce(phrase.isPrefix ? SearchRanking.prefixWeight : 0) { sum, term in
                let weight = try known[term] ?? SearchRanking.weight(of: found(term, among: total), among: Double(total))
                known[term] = weight
                return sum + weight
            }
        }
        return weights
    }

    /// How many messages have a term: so many as there are, if they are few, else by how close together the newest are.
    private func found(_ term: String, among total: Int) throws -> Double {
        let statement = try database.cachedStatement(sql: """
            SELECT count(*), min(key) FROM (
                SELECT rowid AS key FROM message_search WHERE message_search MATCH ? ORDER BY rowid DESC
                LIMIT \(SearchRanking.countedMatches))
            """)
        guard let row = try Row.fetchOne(statement, arguments: [IndexQuery(.phrase(SearchPhrase(terms: [term]))).text]) else { return 0 }
        let count: Int = row[0]
        guard count == SearchRanking.countedMatches else { return Double(count) }
        let place = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT message FROM message_place WHERE key = ?"), arguments: [row[1] as Int]) ?? 0
        let span = max(count, total - place)
        return Double(count) * Double(total) / Double(span)
    }

    /// Those phrases that end with the beginning of words that stand in many messages.
    func commonPrefixes(among phrases: [SearchPhrase]) throws -> Set<SearchPhrase> {
        let prefixes = phrases.filter(\.isPrefix)
        if prefixes.isEmpty { return [] }
        let rows = try Row.fetchAll(database.cachedStatement(sql: """
            SELECT role, parts FROM message_place JOIN message ON message.number = message_place.message
            ORDER BY key DESC LIMIT \(IndexStatistics.sample)
            """))
        let beginnings = prefixes.map { SearchPhrase(terms: [$0.terms[$0.terms.count - 1]], isPrefix: true) }
        let documents = try rows.map { SearchDocument(try Message(searchable: $0).searchableText, for: beginnings) }
        return Set(zip(prefixes, beginnings).filter { _, beginning in
            documents.count { $0.count(beginning) > 0 } >= IndexStatistics.commonInSample
        }.map(\.0))
    }
}
