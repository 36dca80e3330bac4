/// A growing Markdown text as blocks of HTML.
///
/// Pieces of any size may be appended; how the text was cut changes nothing in the end: the finished blocks, one behind
/// another, are what the whole text is when it is rendered at once. Only the open end is parsed again, and never more
/// than ``parsesPerByte`` times the text in all.
///
/// Raw HTML is left out. Links are kept to the web and to mail addresses only, and pictures become links.
public struct MarkdownStream: ~Copyable, Sendable {
    /// How many bytes may be parsed again for each byte that is appended, to show the open end and to mend blocks for
    /// late definitions. Beyond that the open end is shown as plain text for a while.
    public static let parsesPerByte = 32
    /// How many bytes may be parsed again before that counts.
    static let freeBytes = 1 << 15

    /// How many bytes were parsed so far, all in all.
    public var bytesParsed: Int { scanner.bytesParsed + rendered }
    /// How many blocks are finished.
    public private(set) var count = 0

    private var splitter = LineSplitter()
    private var lineGuard = LineGuard()
    private var scanner = SectionScanner()
    private var rendered = 0
    private var credit = MarkdownStream.freeBytes
    private var definitions = Definitions()
    private var references = References()
    /// How many bytes of the open end its readers have, parsed or plain.
    private var shownBytes = 0

    public init() {}

    /// Appends a piece of the text.
    public mutating func append(_ piece: String) -> MarkdownUpdate {
        var update = MarkdownUpdate()
        credit += piece.utf8.count * MarkdownStream.parsesPerByte
        var lines: [[UInt8]] = []
        splitter.append(piece) { lines.append($0) }
        for line in lines { take(line, &update) }
        mend(&update, isLast: false)
        showOpenEnd(&update)
        return update
    }

    /// Ends the text: every block is finished, and nothing is open. More may not be appended.
    public mutating func finish() -> MarkdownUpdate {
        var update = MarkdownUpdate()
        if let line = splitter.finish() { take(line, &update) }
        var sections: [[UInt8]] = []
        scanner.finish { sections.append($0) }
        for section in sections { close(section, &update) }
        mend(&update, isLast: true)
        update.open = []
        shownBytes = 0
        return update
    }

    private mutating func take(_ line: [UInt8], _ update: inout MarkdownUpdate) {
        var sections: [[UInt8]] = []
        scanner.take(lineGuard.guarded(line)) { sections.append($0) }
        for section in sections { close(section, &update) }
    }

    /// Renders a section that is whole.
    private mutating func close(_ section: [UInt8], _ update: inout MarkdownUpdate) {
        shownBytes = 0
        update.open = []
        let candidates = Labels.candidates(in: section)
        let keys = Array(Set(candidates.map { Labels.key(section[$0.range]) }))
        var parsed = 0
        let new = definitions.add(from: section, candidates) { parsed += $0 }
        rendered += parsed
        references.isDefined(new)
        let blocks = render(definitions.source(for: keys) + section, from: count)
        count += blocks.count
        update.finished += blocks
        if !keys.isEmpty, !blocks.isEmpty { references.add(section, keys, blocks) }
    }

    /// Renders again the finished sections that refer to definitions which came later.
    private mutating func mend(_ update: inout MarkdownUpdate, isLast: Bool) {
        while let section = references.next {
            guard isLast || section.source.count <= credit else { return }
            let text = definitions.source(for: section.keys) + section.source
            // Even a look that leads to nothing is paid for.
            guard isLast || text.count <= credit else { return credit -= section.source.count }
            credit -= text.count
            let blocks = render(text, from: section.blocks[0].index)
            let first = update.finished.first?.index ?? count
            for (old, new) in zip(section.blocks, blocks) where old != new {
                if new.index >= first { update.finished[new.index - first] = new } else { update.changed.append(new) }
            }
            references.mended(blocks)
        }
    }

    private mutating func showOpenEnd(_ update: inout MarkdownUpdate) {
        let line = splitter.rest
        let size = scanner.section.count + line.count
        guard size > shownBytes || update.open != nil else { return }
        if scanner.section.isEmpty, line.isBlankLine {
            shownBytes = size
            update.open = []
        } else if credit >= size, let text = openText(size) {
            credit -= text.count
            shownBytes = size
            update.open = render(text, from: count)
        } else {
            let lines = max(0, scanner.section.count - shownBytes)
            let text = scanner.section.suffix(lines) + line.suffix(size - shownBytes - lines)
            update.tail = String(decoding: text, as: UTF8.self)
            shownBytes = size
        }
    }

    /// The text to parse for the open end; nil when that would be more than may be parsed now.
    private mutating func openText(_ size: Int) -> [UInt8]? {
        var lineGuard = lineGuard
        let text = scanner.section + (splitter.rest.isEmpty ? [] : lineGuard.guarded(splitter.rest))
        let keys = Set(Labels.candidates(in: text).map { Labels.key(text[$0.range]) })
        let source = definitions.source(for: Array(keys))
        guard text.count + source.count <= credit else {
            // Even a look that leads to nothing is paid for.
            credit -= size
            return nil
        }
        return source + text
    }

    private mutating func render(_ text: [UInt8], from index: Int) -> [MarkdownBlock] {
        rendered += text.count
        return MarkdownStream.blocks(of: text, from: index)
    }

    /// The blocks of a text that is whole.
    static func blocks(of text: [UInt8], from index: Int) -> [MarkdownBlock] {
        CMark.withTree(of: text) { root in
            let kinds = root.children.map { MarkdownBlock.Kind($0) }
            LinkPolicy.apply(to: root)
            RawHTML.apply(to: root)
            return zip(kinds, root.children).enumerated().map { place, block in
                MarkdownBlock(index: index + place, kind: block.0, html: block.1.html())
            }
        }
    }
}
