/// Finds the place of a text that shows best what was looked for.
struct SnippetMaker {
    /// About how many bytes a snippet has.
    static let length = 180
    /// How many of them stand before what was found.
    private static let lead = 50

    private struct Match {
        var range: Range<Int>
        var phrase: Int
    }

    let phrases: [SearchPhrase]

    init(_ phrases: [SearchPhrase]) { self.phrases = phrases }

    func snippet(of text: String) -> SearchSnippet {
        let plain = String(decoding: PlainText.bytes(of: text), as: UTF8.self)
        return cut(plain, matches(in: plain))
    }

    /// The whole text.
    func title(_ text: String) -> SearchSnippet {
        SearchSnippet(text: text, highlights: SnippetMaker.joined(matches(in: text)).map { SnippetMaker.range($0, in: text) })
    }

    private func matches(in text: String) -> [Match] {
        if phrases.isEmpty { return [] }
        var words: [(term: String, range: Range<Int>, isSigns: Bool)] = []
        var matches: [Match] = []
        SearchTokenizer.scan(text) { term, range, kind in
            let term = String(decoding: term, as: UTF8.self)
            if case .extra = kind {
                for (index, phrase) in phrases.enumerated() where phrase.terms.count == 1 && phrase.ends(with: term) {
                    matches.append(Match(range: range, phrase: index))
                }
            } else {
                if case .signs = kind { words.append((term, range, true)) } else { words.append((term, range, false)) }
            }
        }
        for (index, phrase) in phrases.enumerated() {
            let last = phrase.terms.count - 1
            guard words.count > last else { continue }
            for start in 0..<words.count - last where phrase.ends(with: words[start + last].term) {
                guard (0..<last).allSatisfy({ words[start + $0].term == phrase.terms[$0] }) else { continue }
                let end = words[start + last]
                // Of a pair of signs the first alone may be wanted.
                let upper = end.isSigns ? end.range.lowerBound + phrase.terms[last].utf8.count : end.range.upperBound
                matches.append(Match(range: words[start].range.lowerBound..<upper, phrase: index))
            }
        }
        return matches.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    /// The part with the most of the phrases, the first of those that have as many.
    private func cut(_ text: String, _ matches: [Match]) -> SearchSnippet {
        let count = text.utf8.count
        if count <= SnippetMaker.length {
            return SearchSnippet(text: text, highlights: SnippetMaker.joined(matches).map { SnippetMaker.range($0, in: text) })
        }
        var best = (start: 0, found: 0)
        var end = 0
        var inside: [Int: Int] = [:]
        for (index, match) in matches.enumerated() {
            while end < matches.count, matches[end].range.upperBound <= match.range.lowerBound + SnippetMaker.length - SnippetMaker.lead || end <= index {
                inside[matches[end].phrase, default: 0] += 1
                end += 1
            }
            if inside.count > best.found { best = (match.range.lowerBound, inside.count) }
            inside[match.phrase]! -= 1
            if inside[match.phrase] == 0 { inside[match.phrase] = nil }
        }
        var start = max(0, min(best.start - SnippetMaker.lead, count - SnippetMaker.length))
        start = SnippetMaker.edge(in: text, near: start, upTo: best.found > 0 ? best.start : 0)
        let stop = SnippetMaker.edge(in: text, near: min(count, start + SnippetMaker.length), upTo: count)
        let (from, to) = (SnippetMaker.index(start, in: text), SnippetMaker.index(stop, in: text))
        var piece = text[from..<to]
        while piece.last == " " { piece.removeLast() }
        let head = from > text.startIndex ? "…" : ""
        let snippet = head + piece + (piece.endIndex < text.endIndex ? "…" : "")
        let shift = head.utf8.count - text.utf8.distance(from: text.startIndex, to: from)
        let limit = head.utf8.count + piece.utf8.count
        let ranges = SnippetMaker.joined(matches).compactMap { range -> Range<Int>? in
            let lower = max(head.utf8.count, range.lowerBound + shift)
            let upper = min(limit, range.upperBound + shift)
            return lower < upper ? lower..<upper : nil
        }
        return SearchSnippet(text: snippet, highlights: ranges.map { SnippetMaker.range($0, in: snippet) })
    }

    /// The beginning of a word at or soon after a place; the place itself, where there are no spaces.
    private static func edge(in text: String, near place: Int, upTo limit: Int) -> Int {
        if place == 0 || place >= text.utf8.count { return place }
        var text = text
        return text.withUTF8 { bytes in
            for next in place..<max(place, min(limit, place + 24)) where bytes[next - 1] == 0x20 { return next }
            return place
        }
    }

    /// Ranges that touch become one.
    private static func joined(_ matches: [Match]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for match in matches {
            if let last = ranges.last, match.range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, match.range.upperBound)
            } else {
                ranges.append(match.range)
            }
        }
        return ranges
    }

    private static func range(_ range: Range<Int>, in text: String) -> Range<String.Index> {
        let lower = index(range.lowerBound, in: text)
        return lower..<max(lower, index(range.upperBound, in: text, roundingUp: true))
    }

    /// The character at a byte: a letter is never parted from its marks.
    private static func index(_ offset: Int, in text: String, roundingUp: Bool = false) -> String.Index {
        var index = text.utf8.index(text.startIndex, offsetBy: offset)
        while index.samePosition(in: text) == nil { index = roundingUp ? text.utf8.index(after: index) : text.utf8.index(before: index) }
        return index
    }
}

extension SearchPhrase {
    /// Whether a term can be the last one of the phrase.
    func ends(with term: String) -> Bool {
        isPrefix ? term.hasBytePrefix(terms[terms.count - 1]) : term == terms[terms.count - 1]
    }
}
