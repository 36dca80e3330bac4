internal import LAICore

/// How hits are ordered: by how well the words fit (BM25), and by how new the message is. See docs/search.md.
enum SearchRanking {
    /// How many of the newest matches are ranked at once.
    static let window = 500
    /// How many, where each match must be looked at to know whether it is one.
    static let heldWindow = 100
    /// How many of the newest titles that match are ranked among them.
    static let titles = 50
    /// How many matches of a word are counted; beyond them their number is estimated.
    static let countedMatches = 200
    /// What a word in a title is worth against one in a message.
    static let titleWeight = 2.0
    /// The weight of the beginning of a word, whose messages are not counted.
    static let prefixWeight = 2.0

    /// How much a word tells that is in so many of all messages.
    static func weight(of found: Double, among total: Double) -> Double {
        1 + .log(1 + max(0, (total - found + 0.5) / (found + 0.5)))
    }

    /// What one phrase adds to a text's score.
    static func bm25(count: Double, weight: Double, length: Double, average: Double) -> Double {
        weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / max(1, average)))
    }

    /// Twice as much for a message of now as for one of long ago; half of that is gone after thirty days.
    static func recency(_ created: Timestamp, now: Timestamp) -> Double {
        let days = Double(max(0, now.milliseconds - created.milliseconds)) / 86_400_000
        return 1 + 30 / (30 + days)
    }
}

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

extension Double {
    fileprivate static func log(_ value: Double) -> Double {
        #if canImport(Darwin)
        Darwin.log(value)
        #elseif canImport(Musl)
        Musl.log(value)
        #else
        Glibc.log(value)
        #endif
    }
}

extension SearchDocument {
    /// How well the text fits, without regard to its age.
    func score(_ weights: [SearchPhrase: Double], average: Double) -> Double {
        if weights.isEmpty { return 1 }
        return weights.reduce(0) { sum, entry in
            let count = count(entry.key)
            return count == 0 ? sum : sum + SearchRanking.bm25(count: Double(count), weight: entry.value, length: Double(length), average: average)
        }
    }
}
