internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// The matches of a query in the index, newest first, so many at a time.
struct MatchWindows {
    struct Match {
        var key: Int
        var score: Double
    }

    /// How many texts are looked through for the beginning of a word that is common, and how many of them suffice.
    private static let mostRead = 1100
    private static let enoughRead = 100

    private(set) var areDone = false
    private let database: Database
    private let expression: SearchExpression?
    private let phrases: [SearchPhrase]
    /// The conversations, by their keys, to which matches are held one by one.
    private let conversations: [Int]?
    private let exact: IndexQuery
    /// What the index is asked where texts are read: without the beginnings that are common.
    private let wider: IndexQuery?
    private let weights: [SearchPhrase: Double]
    private let now: Timestamp
    private let oldest: Int
    private var newest: Int
    private var readsTexts: Bool

    init(
        _ query: SearchQuery, _ scope: SearchScope, _ weights: [SearchPhrase: Double], _ common: Set<SearchPhrase>, _ database: Database,
        _ now: Timestamp
    ) throws {
        (self.database, self.weights, self.now) = (database, weights, now)
        expression = query.expression
        phrases = expression?.phrases ?? []
        conversations = try scope.held.map { try MatchWindows.keys(of: $0, database) }
        exact = IndexQuery(query.expression, facets: scope.facets)
        readsTexts = !common.isEmpty
        wider = common.isEmpty ? nil : IndexQuery(query.expression?.without(common), facets: scope.facets)
        oldest = query.filters.after.map { $0.milliseconds >> SearchSchema.unit } ?? Int.min
        newest = query.filters.before.map { ($0.milliseconds >> SearchSchema.unit) + SearchSchema.mostShift } ?? Int.max
    }

    mutating func next() throws -> [Match] {
        if areDone { return [] }
        if readsTexts, let wider { return try read(wider) }
        return try look(exact)
    }

    private mutating func look(_ query: IndexQuery) throws -> [Match] {
        let marks = query.phrases.map { _ in ", ?" }.joined()
        let limit = conversations == nil ? SearchRanking.window : SearchRanking.heldWindow
        let statement = try database.cachedStatement(sql: """
            SELECT message_search.rowid, lai_rank(message_search\(marks)) FROM message_search\(held)
            AND message_search MATCH ? AND message_search.rowid >= ? AND message_search.rowid <= ?
            ORDER BY message_search.rowid DESC LIMIT \(limit)
            """)
        var arguments = StatementArguments(query.phrases.map { $0.isWanted ? weights[$0.phrase] ?? 0 : 0 })
        if let conversations { arguments += ["[" + conversations.map(String.init).joined(separator: ",") + "]"] }
        arguments += [query.text, oldest, newest]
        var matches: [Match] = []
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try cursor.next() {
            let key: Int = row[0]
            matches.append(Match(key: key, score: (weights.isEmpty ? 1 : row[1]) * recency(key)))
        }
        move(past: matches.last?.key, isDone: matches.count < limit)
        return matches
    }

    /// Holds rows of the index to the conversations.
    private var held: String {
        conversations == nil
            ? " WHERE true"
            : " JOIN message_place ON message_place.key = message_search.rowid WHERE message_place.conversation IN (SELECT value FROM json_each(?))"
    }

    private static func keys(of conversations: Set<ConversationID>, _ database: Database) throws -> [Int] {
        let statement = try database.cachedStatement(sql: "SELECT key FROM title_place WHERE conversation = ?")
        return try conversations.compactMap { try Int.fetchOne(statement, arguments: [$0.data]) }
    }

    /// Looks for the words in the texts themselves.
    private mutating func read(_ query: IndexQuery) throws -> [Match] {
        let statement = try database.cachedStatement(sql: """
            SELECT key, role, parts FROM message_search JOIN message_place ON message_place.key = message_search.rowid
            JOIN message ON message.number = message_place.message
            WHERE message_search MATCH ? AND message_search.rowid >= ? AND message_search.rowid <= ?
            ORDER BY message_search.rowid DESC LIMIT \(MatchWindows.mostRead)
            """)
        var matches: [Match] = []
        var (count, last) = (0, Int?.none)
        let cursor = try Row.fetchCursor(statement, arguments: [query.text, oldest, newest])
        while matches.count < MatchWindows.enoughRead, let row = try cursor.next() {
            count += 1
            last = row["key"]
            let document = SearchDocument(try Message(searchable: row).searchableText, for: phrases)
            guard expression?.matches(document) ?? true else { continue }
            matches.append(Match(
                key: last!, score: document.score(weights, average: IndexStatistics.usualLength) * recency(last!)))
        }
        move(past: last, isDone: matches.count < MatchWindows.enoughRead && count < MatchWindows.mostRead)
        // They are not that common where the other words are: the index finds the rest sooner.
        if matches.count < MatchWindows.enoughRead / 4 { readsTexts = false }
        return matches
    }

    private mutating func move(past key: Int?, isDone: Bool) {
        areDone = isDone || key == nil || key! <= oldest
        if let key { newest = key - 1 }
    }

    private func recency(_ key: Int) -> Double {
        SearchRanking.recency(Timestamp(milliseconds: key << SearchSchema.unit), now: now)
    }
}

extension Message {
    /// A message of which only what can be searched for is wanted.
    init(searchable row: Row) throws {
        let parts: String = row["parts"]
        self.init(role: Role(rawValue: row["role"]) ?? .user, parts: try Part.list(parts.utf8))
    }
}
