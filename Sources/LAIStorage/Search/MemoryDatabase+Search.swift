internal import LAICore

extension MemoryDatabase {
    public func search(_ query: SearchQuery, limit: Int, offset: Int) throws -> [SearchHit] {
        let state = snapshot
        return try MemorySearch(query, state).hits(limit: limit, offset: max(0, offset))
    }

    public func suggestions(for text: String, limit: Int) throws -> [String] {
        let state = snapshot
        let draft = SuggestionDraft(text)
        let names = state.messages.values.map { Facet.names(of: $0.receipt) }
        var found = draft.filters { name in
            switch name {
            case "role": Message.Role.allCases.map(\.rawValue)
            case "provider": Set(names.compactMap(\.provider)).sorted()
            case "model": Set(names.flatMap(\.models)).sorted()
            case "tag": state.conversations.values.reduce(into: Set()) { $0.formUnion($1.tags) }.sorted()
            case "before", "after": ["today", "yesterday", "7d"]
            default: []
            }
        }
        let kept = state.conversations.values.filter { $0.deleted == nil }
        if let prefix = draft.prefix {
            var counter = WordCounter(prefix: prefix)
            for conversation in kept {
                for id in state.order[conversation.id] ?? [] { if let message = state.messages[id] { counter.add(message.message.searchableText) } }
            }
            found += counter.best(limit).map { draft.head + $0 }
        }
        let titles = draft.expression.map { words in
            kept.filter { words.matches(SearchDocument($0.title)) }.sorted { $0.created > $1.created }.map(\.title)
        }
        return Suggestions.merge(found, titles ?? [], limit)
    }
}
