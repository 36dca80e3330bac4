/// Makes an expression of a query's items. NOT binds closest, then AND, which may be left out, then OR.
struct QueryParser {
    private struct Unreadable: Error {}

    private let items: [QueryLexer.Item]
    private var place = 0
    private var depth = 0

    init(items: [QueryLexer.Item]) { self.items = QueryParser.completed(items) }

    /// As it may be meant by one who is typing still: operators and opened parentheses with nothing behind them are not
    /// there yet, and other parentheses that are open end with the query. Where there is nothing else, they stay.
    private static func completed(_ items: [QueryLexer.Item]) -> [QueryLexer.Item] {
        guard let last = items.lastIndex(where: { ![.and, .or, .not, .open].contains($0) }) else { return items }
        let items = items[...last]
        let unclosed = items.count { $0 == .open } - items.count { $0 == .close }
        return items + Array(repeating: .close, count: unclosed)
    }

    /// - Returns: the expression, and false when it is the words alone.
    mutating func parse() -> (SearchExpression?, isWhole: Bool) {
        if items.isEmpty { return (nil, true) }
        do {
            let expression = try either()
            guard place == items.count else { throw Unreadable() }
            return (expression, true)
        } catch { return (words, false) }
    }

    private var words: SearchExpression? {
        let words: [SearchExpression] = items.compactMap { item in
            switch item {
            case .phrase(let phrase): .phrase(phrase)
            case .and: .phrase(SearchPhrase(terms: ["and"]))
            case .or: .phrase(SearchPhrase(terms: ["or"]))
            case .not, .open, .close, .nothing: nil
            }
        }
        return words.isEmpty ? nil : words.count == 1 ? words[0] : .all(words)
    }

    private var next: QueryLexer.Item? { place < items.count ? items[place] : nil }

    private mutating func either() throws -> SearchExpression? {
        var parts = [try every()].compactMap { $0 }
        while next == .or {
            place += 1
            if let part = try every() { parts.append(part) }
        }
        return parts.count > 1 ? .any(parts) : parts.first
    }

    private mutating func every() throws -> SearchExpression? {
        var parts = [try one()].compactMap { $0 }
        while let item = next, item != .or, item != .close {
            if item == .and { place += 1 }
            if let part = try one(), !parts.contains(part) { parts.append(part) }
        }
        return parts.count > 1 ? .all(parts) : parts.first
    }

    private mutating func one() throws -> SearchExpression? {
        defer { place += 1 }
        switch next {
        case .phrase(let phrase): return .phrase(phrase)
        case .nothing: return nil
        case .not:
            place += 1
            try deeper()
            defer { depth -= 1 }
            let part = try one()
            place -= 1
            return part.map { if case .not(let inner) = $0 { inner } else { .not($0) } }
        case .open:
            place += 1
            try deeper()
            defer { depth -= 1 }
            if next == .close { return nil }
            let part = try either()
            guard next == .close else { throw Unreadable() }
            return part
        case .and, .or, .close, nil: throw Unreadable()
        }
    }

    private mutating func deeper() throws {
        depth += 1
        if depth > 32 { throw Unreadable() }
    }
}
