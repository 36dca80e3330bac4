internal import LAICore

/// Cuts a query into words, phrases and operators, and takes its filters out.
struct QueryLexer {
    enum Item: Hashable {
        case phrase(SearchPhrase)
        /// Something without a term in it, or a filter: it stands for nothing, but operators may stand beside it.
        case nothing
        case and, or, not, open, close
    }

    private(set) var filters = SearchFilters()
    private(set) var remarks: [String] = []
    private(set) var isTooLong = false
    private let characters: [Character]
    private let now: Timestamp
    private var place = 0
    private var depth = 0
    private var count = 0
    private var items: [Item] = []

    init(_ text: String, now: Timestamp) {
        characters = Array(text)
        self.now = now
    }

    private static let quotes: Set<Character> = ["\"", "“", "”", "„"]

    mutating func run() -> [Item] {
        while place < characters.count {
            let character = characters[place]
            if character.isWhitespace {
                place += 1
            } else if character == "(" {
                open()
            } else if character == ")" {
                close()
            } else if QueryLexer.quotes.contains(character), let text = quoted() {
                let isPrefix = star() || QueryLexer.endsWithStar(text)
                append(text, isPrefix: isPrefix)
            } else if character == "-", let next = peek(1), !next.isWhitespace, next != "-" {
                place += 1
                if !filter(isNegated: true) { items.append(.not) }
            } else if !filter(isNegated: false) {
                word()
            }
        }
        return items
    }

    private func peek(_ distance: Int) -> Character? {
        place + distance < characters.count ? characters[place + distance] : nil
    }

    private mutating func open() {
        place += 1
        depth += 1
        items.append(.open)
    }

    private mutating func close() {
        place += 1
        // One that closes nothing is a mark like any other.
        if depth == 0 { return }
        depth -= 1
        items.append(.close)
    }

    /// The text between two quotation marks; nil, and nothing is read, where the second is missing.
    private mutating func quoted() -> String? {
        guard let end = characters[(place + 1)...].firstIndex(where: QueryLexer.quotes.contains) else {
            place += 1
            return nil
        }
        defer { place = end + 1 }
        return String(characters[place + 1..<end])
    }

    private mutating func star() -> Bool {
        guard peek(0) == "*" else { return false }
        place += 1
        return true
    }

    /// Whether a star stands right behind the last word of what was quoted.
    private static func endsWithStar(_ text: String) -> Bool {
        guard text.last == "*", let last = text.last(where: { $0 != "*" }) else { return false }
        return last.isLetter || last.isNumber
    }

    /// Reads up to the next space. A parenthesis of the word's own (`main()`) belongs to it.
    private mutating func run(stoppingAtQuotes: Bool) -> String {
        var text = ""
        var opened = 0
        while let character = peek(0), !character.isWhitespace, !(stoppingAtQuotes && QueryLexer.quotes.contains(character)) {
            if character == "(" { opened += 1 }
            if character == ")" {
                if opened == 0, depth > 0 { break }
                opened -= 1
            }
            text.append(character)
            place += 1
        }
        return text
    }

    private mutating func filter(isNegated: Bool) -> Bool {
        for name in SearchFilters.names {
            let end = place + name.count
            guard end < characters.count, characters[end] == ":", String(characters[place..<end]).lowercased() == name else { continue }
            place = end + 1
            var isNegated = isNegated
            if items.last == .not {
                items.removeLast()
                isNegated.toggle()
            }
            let isQuoted = peek(0).map(QueryLexer.quotes.contains) ?? false
            let value = (isQuoted ? quoted() : nil) ?? run(stoppingAtQuotes: false)
            if let remark = filters.add(name, value, isNegated: isNegated, now: now) { remarks.append(remark) }
            items.append(.nothing)
            return true
        }
        return false
    }

    private mutating func word() {
        var text = run(stoppingAtQuotes: true)
        switch text {
        case "AND": items.append(.and)
        case "OR": items.append(.or)
        case "NOT": items.append(.not)
        default:
            let isPrefix = text.hasSuffix("*")
            while text.hasSuffix("*") { text.removeLast() }
            append(text, isPrefix: isPrefix)
        }
    }

    private mutating func append(_ text: String, isPrefix: Bool) {
        guard let phrase = SearchPhrase(text, isPrefix: isPrefix) else { return items.append(.nothing) }
        count += 1
        isTooLong = count > SearchQuery.mostPhrases
        items.append(isTooLong ? .nothing : .phrase(phrase))
    }
}

extension SearchPhrase {
    /// The terms of a word or of what stands between quotation marks; nil where there are none.
    init?(_ text: String, isPrefix: Bool = false) {
        var terms: [(term: String, range: Range<Int>, isSigns: Bool)] = []
        var name: (term: String, range: Range<Int>)?
        SearchTokenizer.scan(text) { term, range, kind in
            let term = String(decoding: term, as: UTF8.self)
            switch kind {
            case .word: terms.append((term, range, false))
            case .signs: terms.append((term, range, true))
            case .extra: if let last = terms.last, range.upperBound > last.range.upperBound { name = (term, range) }
            }
        }
        guard let last = terms.last else { return nil }
        self.init(terms: terms.map(\.term), isPrefix: isPrefix)
        if terms.count == 1, let name {
            self.terms = [name.term]
        } else if last.isSigns {
            // In a text the last sign is the first of a pair, unless the run ends there too.
            let isAfterPair = terms.count > 1 && terms[terms.count - 2].range.upperBound == last.range.upperBound
            if isAfterPair { self.terms.removeLast() }
            self.isPrefix = !isAfterPair
        }
        self.terms = Array(self.terms.prefix(SearchQuery.mostPhrases))
    }
}
