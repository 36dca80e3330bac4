/// A text as the terms in it and their places.
struct SearchDocument: Sendable {
    /// Extras and facets stand behind all words, however many come.
    private static let firstExtra = 1 << 40

    /// The places of each term, in their order.
    private var places: [String: [Int]] = [:]
    private var words = 0
    private var extras = 0
    /// How many terms there are.
    var length: Int { words + extras }

    init(_ text: String = "", facets: [String] = []) {
        for facet in facets { addExtra(facet) }
        append(text)
    }

    /// Only those terms of a text that some phrases have need of.
    init(_ text: String, for phrases: [SearchPhrase]) {
        let wanted = phrases.flatMap { phrase in
            phrase.terms.enumerated().map { (term: $0.element, isPrefix: phrase.isPrefix && $0.offset == phrase.terms.count - 1) }
        }
        append(text) { term in
            wanted.contains { wanted in
                let bytes = wanted.term.utf8
                return (wanted.isPrefix ? term.count >= bytes.count : term.count == bytes.count) && term.starts(with: bytes)
            }
        }
    }

    /// Adds what follows the text so far; it begins with a new word.
    mutating func append(_ text: some StringProtocol, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool = { _ in true }) {
        SearchTokenizer.scan(text) { term, _, kind in
            if case .extra(let opensGroup) = kind {
                if opensGroup { addExtra(Facet.gap) }
                if isWanted(term) { addExtra(String(decoding: term, as: UTF8.self)) } else { extras += 1 }
            } else {
                if isWanted(term) { places[String(decoding: term, as: UTF8.self), default: []].append(words) }
                words += 1
            }
        }
    }

    private mutating func addExtra(_ term: String) {
        places[term, default: []].append(SearchDocument.firstExtra + extras)
        extras += 1
    }

    /// How often a phrase stands in the text.
    func count(_ phrase: SearchPhrase) -> Int {
        let last = phrase.terms.count - 1
        if last == 0 { return phrase.isPrefix ? ends(phrase).count : places[phrase.terms[0]]?.count ?? 0 }
        guard let starts = places[phrase.terms[0]] else { return 0 }
        var rest: [Set<Int>] = []
        for term in phrase.terms[1..<last] {
            guard let places = places[term] else { return 0 }
            rest.append(Set(places))
        }
        rest.append(Set(ends(phrase)))
        return starts.count { start in rest.enumerated().allSatisfy { $0.element.contains(start + $0.offset + 1) } }
    }

    /// The places of a phrase's last term.
    private func ends(_ phrase: SearchPhrase) -> [Int] {
        let term = phrase.terms[phrase.terms.count - 1]
        return phrase.isPrefix ? places.filter { $0.key.hasBytePrefix(term) }.flatMap(\.value) : places[term] ?? []
    }
}

extension String {
    /// Whether the bytes begin so: terms are compared by their bytes, as the index does.
    func hasBytePrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
}
