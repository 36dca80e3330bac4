/// A text as the terms in it and their places.
struct SearchDocument: Sendable {
    /// The places of each term, in their order.
    private(set) var places: [String: [Int]] = [:]
    /// How many terms there are.
    private(set) var length = 0
    private var extras: [(term: String, opensGroup: Bool)] = []

    init(_ text: String = "", facets: [String] = []) {
        append(text)
        finish(facets: facets)
    }

    private mutating func append(_ text: String) {
        SearchTokenizer.scan(text) { term, _, kind in
            let term = String(decoding: term, as: UTF8.self)
            if case .extra(let opensGroup) = kind { extras.append((term, opensGroup)) } else { add(term) }
        }
    }

    private mutating func finish(facets: [String]) {
        for extra in extras {
            if extra.opensGroup { add(Facet.gap) }
            add(extra.term)
        }
        extras = []
        for facet in facets { add(facet) }
    }

    private mutating func add(_ term: String) {
        places[term, default: []].append(length)
        length += 1
    }

    /// How often a phrase stands in the text.
    func count(_ phrase: SearchPhrase) -> Int {
        let last = phrase.terms.count - 1
        if last == 0 { return phrase.isPrefix ? count(beginningWith: phrase.terms[0]) : places[phrase.terms[0]]?.count ?? 0 }
        guard let starts = places[phrase.terms[0]] else { return 0 }
        var rest: [Set<Int>] = []
        for term in phrase.terms[1..<last] {
            guard let places = places[term] else { return 0 }
            rest.append(Set(places))
        }
        let ends = phrase.isPrefix ? Set(places.filter { $0.key.hasBytePrefix(phrase.terms[last]) }.flatMap(\.value)) : Set(places[phrase.terms[last]] ?? [])
        rest.append(ends)
        return starts.count { start in rest.enumerated().allSatisfy { $0.element.contains(start + $0.offset + 1) } }
    }

    private func count(beginningWith prefix: String) -> Int {
        places.reduce(0) { $1.key.hasBytePrefix(prefix) ? $0 + $1.value.count : $0 }
    }
}

extension String {
    /// Whether the bytes begin so: terms are compared by their bytes, as the index does.
    func hasBytePrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
