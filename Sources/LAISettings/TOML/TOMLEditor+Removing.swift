extension TOMLEditor {
    /// The replacements that take away all that lies at that path and below: whole lines, and parts of inline tables.
    func splices(removing path: [String]) -> [Splice] {
        var splices: [Splice] = []
        var tables: Set<Int> = []
        for entry in outline.entries where entry.path.starts(with: path) {
            guard let parent = entry.parent else {
                splices.append(Splice(range: lines(of: entry.range), text: ""))
                continue
            }
            // Below a path that goes as a whole, nothing is left to do.
            if !outline.entries[parent].path.starts(with: path) { tables.insert(parent) }
        }
        for section in outline.sections where !section.path.isEmpty && section.path.starts(with: path) {
            if let header = section.header { splices.append(Splice(range: lines(of: header), text: "")) }
        }
        return splices + tables.map { inlineTable($0, without: path) }
    }

    /// An inline table again, without the keys at that path; the others keep their text.
    private func inlineTable(_ place: Int, without path: [String]) -> Splice {
        let kept = outline.entries.filter { $0.parent == place && !$0.path.starts(with: path) }
        let texts = kept.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        let text = texts.isEmpty ? "{}" : "{ " + texts.joined(separator: ", ") + " }"
        return Splice(range: outline.entries[place].value, text: text)
    }
}
