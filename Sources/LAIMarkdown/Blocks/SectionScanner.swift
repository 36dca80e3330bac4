/// Finds where the top-level blocks of a text begin and end, line by line.
///
/// A section is a run of lines that parses alone as it does within the text: mostly one block, or two (a table whose
/// first lines are a paragraph), or none (definitions of links). Each line is parsed once, and the first of a section
/// twice.
struct SectionScanner: ~Copyable {
    /// The whole lines of the section that is open.
    private(set) var section: [UInt8] = []
    /// How many bytes were given to the parser.
    private(set) var bytesParsed = 0
    private var parser: LineParser?

    init() {}

    private struct Sight {
        var startsBlock: Bool
        var isClosed: Bool
    }

    /// Takes a whole line and gives each section that it ends.
    mutating func take(_ line: [UInt8], _ give: ([UInt8]) -> Void) {
        let isBlank = line.isBlankLine
        if section.isEmpty {
            if isBlank { return }
            parser = LineParser()
        }
        var sight = feed(line, isBlank)
        if sight.startsBlock, !section.isEmpty {
            give(section)
            section.removeAll(keepingCapacity: section.count < 1 << 16)
            parser = LineParser()
            sight = feed(line, isBlank)
        }
        section += line
        if sight.isClosed { finish(give) }
    }

    /// Ends the text.
    mutating func finish(_ give: ([UInt8]) -> Void) {
        parser = nil
        guard !section.isEmpty else { return }
        give(section)
        section.removeAll(keepingCapacity: section.count < 1 << 16)
    }

    private mutating func feed(_ line: [UInt8], _ isBlank: Bool) -> Sight {
        bytesParsed += line.count
        // There is always a parser here; without one the line would merely stay in its section.
        return parser?.feed(line) { parser in
            guard let last = parser.last else { return Sight(startsBlock: false, isClosed: true) }
            return Sight(
                startsBlock: last.startLine == parser.lineNumber,
                isClosed: SectionScanner.isClosed(last, isBlank))
        } ?? Sight(startsBlock: false, isClosed: false)
    }

    /// Whether no line that follows can belong to the block. True only where that is certain.
    private static func isClosed(_ block: Node, _ isBlank: Bool) -> Bool {
        switch block.type {
        case .heading, .thematicBreak: true
        case .paragraph, .quote, .table: isBlank
        // The library sets the last line of a fenced block when its fence closes.
        case .codeBlock: block.isFenced && block.endLine > block.startLine
        default: false
        }
    }
}
