internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// A search in a store's index, within one transaction.
///
/// Matches are taken newest first, a window at a time; each window is ranked for itself, and the next one follows it. So the
/// work is bounded however common a word is, pages of hits fit together, and whoever turns enough of them sees every match.
struct IndexSearch {
    private enum Candidate {
        case message(key: Int)
        case running(RunningTexts.Answer)
        case title(Conversation)
    }

    private let database: Database
    private let query: SearchQuery
    private let scope: SearchScope
    private let now: Timestamp
    private let weights: [SearchPhrase: Double]
    /// Beginnings of so many words that their rows are not gathered from the index, but looked for in the texts.
    private let common: Set<SearchPhrase>
    private let running: [RunningTexts.Answer]
    private var conversations: [ConversationID: Conversation?] = [:]

    init(_ query: SearchQuery, _ database: Database, _ running: RunningTexts, now: Timestamp = .now) throws {
        (self.query, self.database, self.now) = (query, database, now)
        self.running = try running.answers(database)
        scope = try SearchScope(query.filters, SearchCatalogue.make(database, self.running))
        let statistics = IndexStatistics(database: database)
        weights = try statistics.weights(of: query.wanted)
        common = try statistics.commonPrefixes(among: query.expression?.phrases ?? [])
    }

    mutating func hits(limit: Int, offset: Int) throws -> [SearchHit] {
        if query.isEmpty || scope.isEmpty || limit <= 0 { return [] }
        var hits: [SearchHit] = []
        var passed = 0
        let snippets = SnippetMaker(query.wanted)
        var seen = Set(running.map(\.message.id))
        var candidates = try titles() + matchingRunning()
        var windows = try MatchWindows(query, scope, weights, common, database, now)
        repeat {
            candidates += try windows.next().map { (.message(key: $0.key), $0.score) }
            candidates.sort { $0.score > $1.score }
            for (candidate, score) in candidates {
                guard let found = try resolve(candidate, &seen) else { continue }
                passed += 1
                if passed > offset { hits.append(try hit(found, score, snippets)) }
                if hits.count == limit { return hits }
            }
            candidates = []
        } while !windows.areDone
        return hits
    }

    // MARK: What may be a hit

    private enum Found {
        case title(Conversation)
        case message(number: Int, Conversation)
        case running(StoredMessage, Conversation)
    }

    private func matchingRunning() -> [(Candidate, score: Double)] {
        let average = IndexStatistics.usualLength
        return running.compactMap { answer in
            guard query.expression?.matches(answer.document) ?? true, scope.facets.allSatisfy({ $0.matches(answer.document) }),
                query.filters.holdsTime(answer.message.created)
            else { return nil }
            let score = answer.document.score(weights, average: average) * SearchRanking.recency(answer.message.created, now: now)
            return (.running(answer), score)
        }
    }

    private func titles() throws -> [(Candidate, score: Double)] {
        guard let expression = query.expression, !query.filters.areOfMessages else { return [] }
        let rows = try database.cachedStatement(sql: """
            SELECT \(Conversation.columns) FROM title_search JOIN title_place ON title_place.key = title_search.rowid
            JOIN conversation ON conversation.id = title_place.conversation
            WHERE title_search MATCH ? AND conversation.deleted IS NULL ORDER BY title_search.rowid DESC LIMIT \(SearchRanking.titles)
            """)
        var titles: [(Candidate, score: Double)] = []
        let cursor = try Row.fetchCursor(rows, arguments: [IndexQuery(expression).text])
        while let row = try cursor.next() {
            let conversation = try Conversation(row: row)
            guard scope.allows(conversation.id), query.filters.holdsTime(conversation.created) else { continue }
            let document = SearchDocument(conversation.title)
            let score = document.score(weights, average: IndexStatistics.usualTitleLength) * SearchRanking.titleWeight
            titles.append((.title(conversation), score * SearchRanking.recency(conversation.updated, now: now)))
        }
        return titles
    }

    // MARK: What is one

    /// What a candidate stands for, unless a filter, or its deletion, keeps it away.
    private mutating func resolve(_ candidate: Candidate, _ seen: inout Set<MessageID>) throws -> Found? {
        switch candidate {
        case .title(let conversation): return .title(conversation)
        case .running(let answer):
            guard let conversation = try allowed(answer.message.conversation) else { return nil }
            return .running(answer.message, conversation)
        case .message(let key):
            let statement = try database.cachedStatement(sql: """
                SELECT message.number, message.id, message.conversation, message.created
                FROM message_place JOIN message ON message.number = message_place.message WHERE message_place.key = ?
                """)
            guard let row = try Row.fetchOne(statement, arguments: [key]),
                query.filters.holdsTime(Timestamp(milliseconds: row["created"])),
                let conversation = try allowed(try row.required("conversation")),
                // An answer that is continued stands in the index, as far as it was.
                seen.insert(try row.required("id")).inserted
            else { return nil }
            return .message(number: row["number"], conversation)
        }
    }

    private mutating func allowed(_ id: ConversationID) throws -> Conversation? {
        guard scope.allows(id) else { return nil }
        if let known = conversations[id] { return known }
        let statement = try database.cachedStatement(
            sql: "SELECT \(Conversation.columns) FROM conversation WHERE id = ? AND deleted IS NULL")
        let conversation = try Row.fetchOne(statement, arguments: [id.data]).map(Conversation.init(row:))
        conversations[id] = .some(conversation)
        return conversation
    }

    private func hit(_ found: Found, _ score: Double, _ snippets: SnippetMaker) throws -> SearchHit {
        switch found {
        case .title(let conversation):
            return SearchHit(title: conversation, snippets, isRunning: running.contains { $0.message.conversation == conversation.id }, score)
        case .running(let message, let conversation):
            return SearchHit(message, conversation, snippets, isRunning: true, score)
        case .message(let number, let conversation):
            let statement = try database.cachedStatement(sql: "SELECT \(StoredMessage.columns) FROM message WHERE number = ?")
            guard let row = try Row.fetchOne(statement, arguments: [number]) else {
                throw LAIError(.file, "A message went while it was searched for.")
            }
            return SearchHit(try StoredMessage(row: row), conversation, snippets, isRunning: false, score)
        }
    }
}

extension SearchHit {
    init(title conversation: Conversation, _ snippets: SnippetMaker, isRunning: Bool, _ score: Double) {
        self.init(
            conversation: conversation.id, title: conversation.title, message: nil, role: nil, model: conversation.model,
            created: conversation.created, snippet: snippets.title(conversation.title), isRunning: isRunning,
            isArchived: conversation.isArchived, score: score)
    }

    init(_ message: StoredMessage, _ conversation: Conversation, _ snippets: SnippetMaker, isRunning: Bool, _ score: Double) {
        self.init(
            conversation: conversation.id, title: conversation.title, message: message.id, role: message.message.role,
            model: message.receipt?.model ?? message.receipt?.modelAsked, created: message.created,
            snippet: snippets.snippet(of: message.message.searchableText), isRunning: isRunning,
            isArchived: conversation.isArchived, score: score)
    }
}
