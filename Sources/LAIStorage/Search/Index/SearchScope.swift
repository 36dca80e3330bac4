internal import LAICore
internal import LAIStreaming

/// Filters, resolved in a store: what its index is asked for, and what is looked at hit by hit.
struct SearchScope {
    /// Where filters find what they name.
    struct Catalogue {
        var providers: () throws -> [String]
        var models: () throws -> [String]
        var tagged: (_ tag: String) throws -> Set<ConversationID>
        /// The conversations of this id, or of one that begins or ends so, or with these words in the title.
        var named: (_ name: String) throws -> Set<ConversationID>
    }

    /// For more conversations than these each match is looked at.
    static let mostConversations = 64

    /// All of them hold for a message.
    private(set) var facets: [SearchExpression] = []
    private(set) var unwanted: Set<ConversationID> = []
    /// The allowed ones, where they are too many for the index to be asked for each.
    private(set) var held: Set<ConversationID>?
    private(set) var isEmpty = false
    /// All conversations that the filters allow; nil where all are.
    private(set) var allowed: Set<ConversationID>?
    let filters: SearchFilters

    init(_ filters: SearchFilters, _ catalogue: Catalogue) throws {
        self.filters = filters
        require(filters.roles.wanted.map(Facet.role))
        exclude(filters.roles.unwanted.map(Facet.role))
        try names(filters.providers, Facet.provider, catalogue.providers)
        try models(catalogue)
        try conversations(catalogue)
    }

    func allows(_ conversation: ConversationID) -> Bool {
        allowed?.contains(conversation) ?? true && !unwanted.contains(conversation)
    }

    private static func any(_ facets: [String]) -> SearchExpression {
        facets.count == 1 ? .phrase(SearchPhrase(terms: facets)) : .any(facets.map { .phrase(SearchPhrase(terms: [$0])) })
    }

    private mutating func require(_ facets: [String]) { if !facets.isEmpty { self.facets.append(SearchScope.any(facets)) } }
    private mutating func exclude(_ facets: [String]) { if !facets.isEmpty { self.facets.append(.not(SearchScope.any(facets))) } }

    private mutating func names(_ values: SearchFilters.Values<String>, _ facet: (String) -> String, _ names: () throws -> [String]) throws {
        if values.isEmpty { return }
        let names = try names()
        func matching(_ values: [String]) -> [String] { values.flatMap { value in names.filter { SearchScope.contains($0, value) } } }
        if !values.wanted.isEmpty {
            let found = matching(values.wanted)
            if found.isEmpty { isEmpty = true }
            require(found.map(facet))
        }
        exclude(matching(values.unwanted).map(facet))
    }

    /// A model is named by a part of its name, or with its provider before a slash.
    private mutating func models(_ catalogue: Catalogue) throws {
        if filters.models.isEmpty { return }
        let (models, providers) = (try catalogue.models(), try catalogue.providers())
        func expressions(_ value: String) -> [SearchExpression] {
            let found = models.filter { SearchScope.contains($0, value) }.map(Facet.model)
            if !found.isEmpty { return [SearchScope.any(found)] }
            let halves = value.split(separator: "/", maxSplits: 1)
            guard halves.count == 2 else { return [] }
            let provider = providers.filter { SearchScope.contains($0, String(halves[0])) }.map(Facet.provider)
            let model = models.filter { SearchScope.contains($0, String(halves[1])) }.map(Facet.model)
            return provider.isEmpty || model.isEmpty ? [] : [.all([SearchScope.any(provider), SearchScope.any(model)])]
        }
        func either(_ parts: [SearchExpression]) -> SearchExpression { parts.count == 1 ? parts[0] : .any(parts) }
        if !filters.models.wanted.isEmpty {
            let wanted = filters.models.wanted.flatMap(expressions)
            if wanted.isEmpty { isEmpty = true } else { facets.append(either(wanted)) }
        }
        let unwanted = filters.models.unwanted.flatMap(expressions)
        if !unwanted.isEmpty { facets.append(.not(either(unwanted))) }
    }

    private mutating func conversations(_ catalogue: Catalogue) throws {
        for tag in filters.tags.wanted {
            let tagged = try catalogue.tagged(tag)
            allowed = allowed?.intersection(tagged) ?? tagged
        }
        if !filters.conversations.wanted.isEmpty {
            let named = try filters.conversations.wanted.reduce(into: Set()) { try $0.formUnion(catalogue.named($1)) }
            allowed = allowed?.intersection(named) ?? named
        }
        for tag in filters.tags.unwanted { unwanted.formUnion(try catalogue.tagged(tag)) }
        for name in filters.conversations.unwanted { unwanted.formUnion(try catalogue.named(name)) }
        guard let allowed else { return }
        if allowed.isEmpty { isEmpty = true }
        if allowed.count <= SearchScope.mostConversations { require(allowed.map(Facet.conversation)) } else { held = allowed }
    }

    private static func contains(_ name: String, _ part: String) -> Bool { name.lowercased().contains(part.lowercased()) }
}
