internal import LAICore
internal import LAIStreaming

/// A search through all that is in memory: the same matches as a store's index gives, ranked the same way.
struct MemorySearch {
    private struct Entry {
        var message: StoredMessage
        var document: SearchDocument
        var isRunning: Bool
    }

    private let query: SearchQuery
    private let scope: SearchScope
    private let conversations: [ConversationID: Conversation]
    private let entries: [Entry]
    private let now = Timestamp.now

    init(_ query: SearchQuery, _ state: MemoryDatabase.State) throws {
        self.query = query
        conversations = state.conversations.filter { $0.value.deleted == nil }
        var running: [MessageID: StoredMessage] = [:]
        for stream in state.streams.values {
            if let message = try stream.message(in: state) { running[message.id] = message }
        }
        entries = state.messages.values.map { stored in
            let message = running[stored.id] ?? stored
            let facets = Facet.all(role: message.message.role, receipt: message.receipt, conversation: message.conversation)
            return Entry(
                message: message, document: SearchDocument(message.message.searchableText, facets: facets),
                isRunning: running[stored.id] != nil)
        }
        scope = try SearchScope(query.filters, MemorySearch.catalogue(state, entries.map(\.message.receipt)))
    }

    func hits(limit: Int, offset: Int) -> [SearchHit] {
        if query.isEmpty || scope.isEmpty || limit <= 0 { return [] }
        let snippets = SnippetMaker(query.wanted)
        let weights = weights()
        let hits = (messages(weights, snippets) + titles(weights, snippets)).sorted {
            ($0.score, $0.created.milliseconds) > ($1.score, $1.created.milliseconds)
        }
        return Array(hits.dropFirst(offset).prefix(limit))
    }

    private func weights() -> [SearchPhrase: Double] {
        let wanted = query.wanted
        if wanted.count == 1 { return [wanted[0]: 1] }
        return Dictionary(uniqueKeysWithValues: wanted.map { phrase in
            let whole = phrase.isPrefix ? phrase.terms.dropLast() : phrase.terms[...]
            let weight = whole.reduce(phrase.isPrefix ? SearchRanking.prefixWeight : 0) { sum, term in
                let found = entries.count { $0.document.count(SearchPhrase(terms: [term])) > 0 }
                return sum + SearchRanking.weight(of: Double(found), among: Double(entries.count))
            }
            return (phrase, weight)
        })
    }

    private func messages(_ weights: [SearchPhrase: Double], _ snippets: SnippetMaker) -> [SearchHit] {
        let average = Double(entries.reduce(0) { $0 + $1.document.length }) / Double(max(1, entries.count))
        return entries.compactMap { entry in
            guard let conversation = conversations[entry.message.conversation], scope.allows(conversation.id),
                query.filters.holdsTime(entry.message.created), query.expression?.matches(entry.document) ?? true,
                scope.facets.allSatisfy({ $0.matches(entry.document) })
            else { return nil }
            let score = entry.document.score(weights, average: average) * SearchRanking.recency(entry.message.created, now: now)
            return SearchHit(entry.message, conversation, snippets, isRunning: entry.isRunning, score)
        }
    }

    private func titles(_ weights: [SearchPhrase: Double], _ snippets: SnippetMaker) -> [SearchHit] {
        guard let expression = query.expression, !query.filters.areOfMessages else { return [] }
        return conversations.values.compactMap { conversation in
            let document = SearchDocument(conversation.title)
            guard scope.allows(conversation.id), query.filters.holdsTime(conversation.created), expression.matches(document) else { return nil }
            let score = document.score(weights, average: IndexStatistics.usualTitleLength) * SearchRanking.titleWeight
            let isRunning = entries.contains { $0.isRunning && $0.message.conversation == conversation.id }
            return SearchHit(title: conversation, snippets, isRunning: isRunning, score * SearchRanking.recency(conversation.updated, now: now))
        }
    }

    private static func catalogue(_ state: MemoryDatabase.State, _ receipts: [Receipt?]) -> SearchScope.Catalogue {
        let names = receipts.map(Facet.names)
        return SearchScope.Catalogue(
            providers: { Array(Set(names.compactMap(\.provider))) }, models: { Array(Set(names.flatMap(\.models))) },
            tagged: { tag in
                Set(state.conversations.values.filter { $0.tags.contains { SearchCatalogue.areAlike($0, tag) } }.map(\.id))
            },
            named: { name in
                if let digits = SearchCatalogue.idDigits(name)?.lowercased() {
                    let found = state.conversations.keys.filter { id in
                        let text = id.description.filter { $0 != "-" }
                        return text.hasPrefix(digits) || text.hasSuffix(digits)
                    }
                    if !found.isEmpty { return Set(found) }
                }
                guard let words = SearchQuery.words(of: name) else { return [] }
                return Set(state.conversations.values.filter { words.matches(SearchDocument($0.title)) }.map(\.id))
            })
    }
}

extension MemoryDatabase.Stream {
    /// The message as far as it came.
    func message(in state: MemoryDatabase.State) throws -> StoredMessage? {
        guard var message = state.messages[record.message] else { return nil }
        var builder = MessageBuilder()
        var receipt = record.receipt
        for batch in batches {
            for event in try JournalCoding.decode(batch.events) {
                builder.apply(event)
                if case .started(let start) = event { receipt.model = start.model ?? receipt.model }
            }
        }
        if !builder.isEmpty { message.message.parts = builder.message.parts }
        message.receipt = receipt
        return message
    }
}
