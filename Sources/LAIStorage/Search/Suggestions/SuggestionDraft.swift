internal import LAICore

/// What a person is typing: the words before, and the beginning of the last one.
struct SuggestionDraft {
    /// Up to the last word.
    let head: String
    let last: String
    /// The beginning of a word, as terms are; nil where the last word is none.
    let prefix: [UInt8]?

    init(_ text: String) {
        let place = text.lastIndex { $0.isWhitespace || $0 == "(" || $0 == "\"" }.map { text.index(after: $0) } ?? text.startIndex
        head = String(text[..<place])
        last = String(text[place...])
        if let phrase = SearchPhrase(last), phrase.terms.count == 1, !last.contains(":") { prefix = Array(phrase.terms[0].utf8) } else { prefix = nil }
    }

    /// All words, the last one as a beginning; filters and operators are none.
    var expression: SearchExpression? {
        var phrases = SearchQuery(head).wanted
        if !SearchFilters.names.contains(where: { last.lowercased().hasPrefix($0 + ":") }), let phrase = SearchPhrase(last, isPrefix: true) {
            phrases.append(phrase)
        }
        return phrases.isEmpty ? nil : phrases.count == 1 ? .phrase(phrases[0]) : .all(phrases.map { .phrase($0) })
    }

    /// The names of filters, and what they can be, that the last word begins.
    func filters(_ values: (_ name: String) throws -> [String]) rethrows -> [String] {
        guard let colon = last.firstIndex(of: ":") else {
            return last.count < 2 ? [] : SearchFilters.names.filter { $0.hasPrefix(last.lowercased()) }.map { head + $0 + ":" }
        }
        let name = last[..<colon].lowercased()
        let value = last[last.index(after: colon)...].lowercased()
        guard SearchFilters.names.contains(name) else { return [] }
        return try values(name).filter { $0.lowercased().contains(value) && $0.lowercased() != value }
            .map { head + name + ":" + ($0.contains(where: \.isWhitespace) ? "\"\($0)\"" : $0) }
    }
}

/// Counts the words that begin so.
struct WordCounter {
    let prefix: [UInt8]
    /// Each term with the ways it was written.
    private var words: [String: [String: Int]] = [:]

    init(prefix: [UInt8]) { self.prefix = prefix }

    mutating func add(_ text: String) {
        var text = text
        var found: [(String, Range<Int>)] = []
        SearchTokenizer.scan(text) { term, range, kind in
            guard case .word = kind, term.count > prefix.count, term.starts(with: prefix) else { return }
            found.append((String(decoding: term, as: UTF8.self), range))
        }
        if found.isEmpty { return }
        text.withUTF8 { bytes in
            for (term, range) in found where range.count <= SearchTokenizer.longestTerm {
                words[term, default: [:]][String(decoding: bytes[range], as: UTF8.self), default: 0] += 1
            }
        }
    }

    /// The words as they are mostly written, those that come most first.
    func best(_ limit: Int) -> [String] {
        words.map { term, forms in
            (count: forms.values.reduce(0, +), term: term, form: forms.max { ($0.value, $1.key) < ($1.value, $0.key) }!.key)
        }
        .sorted { ($0.count, $1.term) > ($1.count, $0.term) }
        .prefix(limit).map(\.form)
    }
}
