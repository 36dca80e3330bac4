/// Where the keys, values, table headers and comments of a TOML text lie, as byte ranges.
struct TOMLOutline {
    /// One `key = value`, on a line of its own or in an inline table.
    struct Entry {
        /// The whole path: that of the table it stands in, and the key's own segments.
        var path: [String]
        /// Where each of the key's own segments lies, quotes included: the last `segments.count` parts of `path`.
        var segments: [Range<Int>]
        /// Where the value lies.
        var value: Range<Int>
        /// The section whose lines it is in.
        var section: Int
        /// The entry whose inline table it stands in.
        var parent: Int?
        /// Whether the value is an inline table.
        var isTable = false

        /// From the key to the end of the value.
        var range: Range<Int> { (segments.first?.lowerBound ?? value.lowerBound)..<value.upperBound }
    }

    /// The lines below one table header; the first section has none and is the root table's.
    struct Section {
        var path: [String]
        /// Where the parts of the header's key lie.
        var segments: [Range<Int>]
        /// The header, brackets included.
        var header: Range<Int>?
        /// Whether it is an element of an array of tables, `[[…]]`.
        var isElement: Bool
        /// All its bytes, the header's line among them.
        var range: Range<Int>
    }

    var entries: [Entry] = []
    var sections: [Section] = []
    /// The comments that have a line to themselves, from the sign to the end of the line.
    var comments: [Range<Int>] = []

    /// The only entry of that path.
    func entry(at path: [String]) -> Int? {
        let matches = entries.indices.filter { entries[$0].path == path }
        return matches.count == 1 ? matches[0] : nil
    }

    /// Where the last part of that path is first written; the start of the text when it is nowhere.
    func keyOffset(of path: [String]) -> Int {
        let places = entries.map { ($0.path, $0.segments) } + sections.map { ($0.path, $0.segments) }
        return places.compactMap { full, segments in
            let index = path.count - 1 - (full.count - segments.count)
            return full.starts(with: path) && segments.indices.contains(index) ? segments[index].lowerBound : nil
        }.min() ?? 0
    }

    /// Where the value of that path is written; its key, when it is a table with a header or dotted keys.
    func valueOffset(of path: [String]) -> Int {
        entry(at: path).map { entries[$0].value.lowerBound } ?? keyOffset(of: path)
    }
}
