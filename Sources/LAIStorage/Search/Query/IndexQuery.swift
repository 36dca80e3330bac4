/// An expression in the language of the index (FTS5), and its phrases in their order there.
struct IndexQuery {
    private(set) var text = ""
    private(set) var phrases: [(phrase: SearchPhrase, isWanted: Bool)] = []

    /// - Parameter facets: what a message must be, beside what it says.
    init(_ expression: SearchExpression?, facets: [SearchExpression] = []) {
        var parts = facets
        if let expression {
            if case .all(let others) = expression { parts = others + parts } else { parts.insert(expression, at: 0) }
        }
        if parts.isEmpty { parts = [.phrase(SearchPhrase(terms: [Facet.any]))] }
        write(parts.count == 1 ? parts[0] : .all(parts), isWanted: true)
    }

    private mutating func write(_ expression: SearchExpression, isWanted: Bool) {
        switch expression {
        case .phrase(let phrase):
            // A term has no quotes in it.
            text += "\"" + phrase.terms.joined(separator: " ") + (phrase.isPrefix ? "\"*" : "\"")
            phrases.append((phrase, isWanted))
        case .any(let parts): join(parts, " OR ", isWanted)
        case .not: write(.all([expression]), isWanted: isWanted)
        case .all(let parts):
            var positive = parts.filter { if case .not = $0 { false } else { true } }
            let negative = parts.compactMap { if case .not(let part) = $0 { part } else { nil } }
            if positive.isEmpty { positive = [.phrase(SearchPhrase(terms: [Facet.any]))] }
            if negative.isEmpty { return join(positive, " AND ", isWanted) }
            text += "("
            join(positive, " AND ", isWanted)
            text += " NOT "
            join(negative, " OR ", false)
            text += ")"
        }
    }

    private mutating func join(_ parts: [SearchExpression], _ operation: String, _ isWanted: Bool) {
        if parts.count == 1 { return write(parts[0], isWanted: isWanted) }
        text += "("
        for (index, part) in parts.enumerated() {
            if index > 0 { text += operation }
            write(part, isWanted: isWanted)
        }
        text += ")"
    }
}
