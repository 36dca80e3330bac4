/// Finds what was meant by a name that does not exist.
package enum Suggestion {
    /// The candidate that is nearest to the name, when one is near enough to be a typing error, or holds it.
    package static func nearest(to name: String, among candidates: [String]) -> String? {
        let typed = Array(name.lowercased().prefix(64))
        let near = candidates.map { ($0, distance(typed, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
        if let (candidate, distance) = near, distance <= max(1, min(typed.count, candidate.count) / 3) {
            return candidate
        }
        return typed.count < 3 ? nil : candidates.first { $0.contains(name.lowercased()) }
    }

    /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var older = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
                row.append(best)
            }
            (older, previous) = (previous, row)
        }
        return previous[b.count]
    }
}
