internal import LAICore

extension TOMLEditor {
    /// The replacement that gives the key that value.
    func splice(setting key: DottedKey, to value: TOMLNode) throws -> Splice {
        let path = key.segments
        if let place = outline.entry(at: path) {
            return Splice(range: outline.entries[place].value, text: value.source)
        }
        if document.root[path] != nil {
            throw document.error(
                at: outline.keyOffset(of: path),
                "\(key) is written over several lines or more than once; set the keys below it one by one.")
        }
        for count in (1..<max(1, path.count)).reversed() {
            guard let place = outline.entry(at: Array(path.prefix(count))), outline.entries[place].isTable else {
                continue
            }
            return splice(adding: line(path.dropFirst(count), value), toInlineTable: place)
        }
        let table = Array(path.dropLast())
        if let section = outline.sections.firstIndex(where: { $0.path == table && !$0.isElement }) {
            return splice(adding: path.last ?? "", line(path.suffix(1), value), toSection: section)
        }
        // A table that only dotted keys have made cannot have a header too: the new key stands next to the others.
        let sibling = outline.entries.last { entry in
            entry.parent == nil && entry.path.count > table.count && entry.path.starts(with: table)
                && outline.sections[entry.section].path.count < table.count
        }
        if let sibling {
            let depth = outline.sections[sibling.section].path.count
            return splice(adding: line(path.dropFirst(depth), value), afterLineOf: sibling.range)
        }
        return splice(addingTable: table, line(path.suffix(1), value))
    }

    private func line(_ key: some Sequence<String>, _ value: TOMLNode) -> String {
        "\(DottedKey(key)) = \(value.source)"
    }

    /// A line of its own after the line where that range ends, indented like the line where it starts.
    private func splice(adding line: String, afterLineOf range: Range<Int>) -> Splice {
        let end = lineEnd(of: range.upperBound)
        return Splice(range: end..<end, text: newline + indentation(of: range.lowerBound) + line)
    }

    private func splice(adding line: String, toInlineTable place: Int) -> Splice {
        let entry = outline.entries[place]
        if let last = outline.entries.last(where: { $0.parent == place }) {
            return Splice(range: last.value.upperBound..<last.value.upperBound, text: ", " + line)
        }
        return Splice(range: entry.value, text: "{ \(line) }")
    }

    /// The new line follows the same key in a comment, else the last key, else the header.
    private func splice(adding key: String, _ line: String, toSection index: Int) -> Splice {
        let section = outline.sections[index]
        if let comment = example(of: key, in: section) { return splice(adding: line, afterLineOf: comment) }
        if let last = outline.entries.last(where: { $0.section == index && $0.parent == nil }) {
            return splice(adding: line, afterLineOf: last.range)
        }
        if let header = section.header { return splice(adding: line, afterLineOf: header) }
        guard outline.sections.count > 1 else { return splice(appending: line) }
        let start = startOfComments(above: section.range.upperBound)
        return Splice(range: start..<start, text: line + newline + newline)
    }

    /// The comment in a section that shows the key with a value: `# idle = 30`. A header in a comment ends the search,
    /// as what follows belongs to that table.
    private func example(of key: String, in section: TOMLOutline.Section) -> Range<Int>? {
        for comment in outline.comments where section.range.contains(comment.lowerBound) {
            var rest = String(decoding: bytes[comment], as: UTF8.self).drop { $0 == "#" || $0.isWhitespace }
            if rest.hasPrefix("[") { return nil }
            guard rest.hasPrefix(key) else { continue }
            rest = rest.dropFirst(key.count).drop(while: \.isWhitespace)
            if rest.hasPrefix("=") { return comment }
        }
        return nil
    }

    /// Where the comments begin that stand right above a line and so belong to it.
    private func startOfComments(above line: Int) -> Int {
        var start = line
        while start > 0 {
            let previous = lineStart(of: start - 1)
            guard previous < start, outline.comments.contains(where: { (previous..<start).contains($0.lowerBound) })
            else { break }
            start = previous
        }
        return start
    }

    private func splice(addingTable table: [String], _ line: String) -> Splice {
        var last = splice(appending: "[\(DottedKey(table))]" + newline + line)
        let isBlankAbove = bytes.isEmpty || bytes.ends(with: "\n\n") || bytes.ends(with: "\n\r\n")
        if !isBlankAbove { last.text = newline + last.text }
        return last
    }

    /// Lines at the end of the text. They end with a line break when the text did.
    private func splice(appending lines: String) -> Splice {
        let isOpen = !bytes.isEmpty && bytes.last != 0x0A
        return Splice(range: bytes.count..<bytes.count, text: isOpen ? newline + lines : lines + newline)
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
