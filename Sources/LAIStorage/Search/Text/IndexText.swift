/// A text as it goes into the index: its terms with a space between them, then the extras, then the facets.
enum IndexText {
    static func make(_ text: String, facets: [String] = []) -> String {
        var words: [UInt8] = []
        words.reserveCapacity(text.utf8.count + 128)
        var extras: [UInt8] = []
        SearchTokenizer.scan(text) { term, _, kind in
            if case .extra(let opensGroup) = kind {
                if opensGroup {
                    extras.append(contentsOf: Facet.gap.utf8)
                    extras.append(0x20)
                }
                extras.append(contentsOf: term)
                extras.append(0x20)
            } else {
                words.append(contentsOf: term)
                words.append(0x20)
            }
        }
        words += extras
        for facet in facets {
            words.append(contentsOf: facet.utf8)
            words.append(0x20)
        }
        return String(decoding: words, as: UTF8.self)
    }
}
