/// Terms that follow one another.
struct SearchPhrase: Hashable, Sendable {
    var terms: [String]
    /// Whether the last term is the beginning of a word only.
    var isPrefix = false
}

/// What a message must and must not say.
indirect enum SearchExpression: Hashable, Sendable {
    case phrase(SearchPhrase)
    case all([SearchExpression])
    case any([SearchExpression])
    case not(SearchExpression)
}

extension SearchExpression {
    /// The phrases that a message is wanted for, not those that it must not have.
    var wanted: [SearchPhrase] {
        switch self {
        case .phrase(let phrase): [phrase]
        case .all(let parts), .any(let parts): parts.flatMap(\.wanted)
        case .not: []
        }
    }

    var phrases: [SearchPhrase] {
        switch self {
        case .phrase(let phrase): [phrase]
        case .all(let parts), .any(let parts): parts.flatMap(\.phrases)
        case .not(let part): part.phrases
        }
    }

    func matches(_ document: SearchDocument) -> Bool {
        switch self {
        case .phrase(let phrase): document.count(phrase) > 0
        case .all(let parts): parts.allSatisfy { $0.matches(document) }
        case .any(let parts): parts.contains { $0.matches(document) }
        case .not(let part): !part.matches(document)
        }
    }

    /// An expression that needs the last word of none of some phrases, and is met by every text that meets this one; nil
    /// where any text may.
    func without(_ phrases: Set<SearchPhrase>) -> SearchExpression? {
        switch self {
        case .phrase(let phrase):
            if !phrases.contains(phrase) { return self }
            return phrase.terms.count > 1 ? .phrase(SearchPhrase(terms: phrase.terms.dropLast())) : nil
        case .not(let part): return part.phrases.contains(where: phrases.contains) ? nil : self
        case .all(let parts):
            let rest = parts.compactMap { $0.without(phrases) }
            return rest.isEmpty ? nil : rest.count == 1 ? rest[0] : .all(rest)
        case .any(let parts):
            let rest = parts.compactMap { $0.without(phrases) }
            return rest.count < parts.count ? nil : .any(rest)
        }
    }
}
