/// Prints the blocks of a text, line by line as their ``Outline`` has them.
struct BlockPrinter {
    let style: TerminalStyle
    /// Whether paragraphs and tables wait for their ends.
    let isWhole: Bool
    var writer: RowWriter
    /// The line that is being printed.
    var line: [UInt8] = []
    private var levels: [Level] = []
    private var leaf = Leaf.none
    private var flow: InlineFlow?
    /// Lines of the paragraph that wait for the next one.
    private var waiting: [[UInt8]] = []
    private var table: TableWriter?
    private var blankLines = 0
    private var hasOutput = false
    private var sawBlank = false
    private var lastWasDefinition = false
    private var showsInfo = false

    private enum Leaf { case none, paragraph, code, html, table, closed }

    /// A block that is open, and its frame where it has one.
    private struct Level {
        var tag: Int
        var type: UInt32
        var hasFrame = false
        var number: Int?
        var hasParenthesis = false
    }

    init(style: TerminalStyle, isWhole: Bool) {
        self.style = style
        self.isWhole = isWhole
        writer = RowWriter(style: style)
    }

    /// Prints what a line added.
    /// - Parameter isPartial: whether more of the line follows by ``append(_:)``; it ends with ``endLine()``.
    mutating func print(_ outline: Outline, _ line: [UInt8], isPartial: Bool = false) {
        self.line = line
        let kept = zip(levels, outline.levels).prefix { $0.tag == $1.tag && !$1.isNew }.count
        if let last = outline.levels.last, kept == outline.levels.count, kept == levels.count, kept > 0 {
            goOn(outline, last, isPartial)
            return
        }
        endLeaf()
        cut(to: kept)
        // A block that was there before is one that another, which is gone, stood behind.
        if outline.levels.count > kept, outline.levels[kept].isNew { open(outline, from: kept, isPartial) } else { sawBlank = true }
    }

    /// Prints more of a line.
    mutating func append(_ bytes: ArraySlice<UInt8>) { flow?.append(bytes, to: &writer) }

    /// Ends a line that was printed in parts.
    mutating func endLine() { flow?.append([0x0A], to: &writer) }

    /// Ends the text.
    mutating func finish() {
        endLeaf()
        cut(to: 0)
    }

    /// Whether a line can be printed as it grows, of which there are the first words.
    func mayBegin(_ outline: Outline, _ head: [UInt8]) -> Bool {
        guard let last = outline.levels.last, last.type == .paragraph, let offset = outline.textOffset, offset < head.count else { return false }
        if head.contains(UInt8(ascii: "|")) || flow == nil && !last.isNew { return false }
        switch head[offset] {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...,
            UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "$"),
            UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "\\"), UInt8(ascii: "!"): return true
        default: return false
        }
    }

    // MARK: - Blocks that open and close

    private mutating func open(_ outline: Outline, from kept: Int, _ isPartial: Bool) {
        space(before: outline.levels[kept].type, isTop: kept == 0)
        for level in outline.levels[kept...] {
            var opened = Level(tag: level.tag, type: level.type)
            switch level.type {
            case .quote:
                opened.hasFrame = true
                writer.frames.append(.init(mark: nil, rest: "│ ", restStyle: .dim))
            case .list:
                opened.number = level.start
                opened.hasParenthesis = level.hasParenthesis
            case .item:
                opened.hasFrame = true
                let mark = mark(of: level)
                writer.frames.append(.init(mark: mark, rest: String(repeating: " ", count: CellWidth.of(mark)), restStyle: .plain))
            default: break
            }
            levels.append(opened)
        }
        if let last = outline.levels.last { begin(last, outline, isPartial) }
    }

    /// The mark of a new item, whose list is the last level.
    private mutating func mark(of item: Outline.Level) -> String {
        let depth = levels.count { $0.type == .list && $0.number == nil }
        guard let list = levels.indices.last, levels[list].type == .list else { return "" }
        let task = item.task.map { $0 ? "[x] " : "[ ] " } ?? ""
        guard let number = levels[list].number else { return (task.isEmpty ? ["• ", "◦ ", "▪ "][(depth + 2) % 3] : task) }
        levels[list].number = number + 1
        return "\(number)\(levels[list].hasParenthesis ? ")" : ".") " + task
    }

    private mutating func cut(to count: Int) {
        // Items that stayed empty show their marks all the same.
        if writer.frames.contains(where: { $0.mark != nil }), levels.dropFirst(count).contains(where: \.hasFrame) {
            writer.openRow()
            writer.endRow()
            hasOutput = true
        }
        while levels.count > count {
            if levels.removeLast().hasFrame { writer.frames.removeLast() }
        }
    }

    /// Leaves a blank row before a block where the text has one, and around top-level blocks.
    private mutating func space(before type: UInt32, isTop: Bool) {
        defer { sawBlank = false }
        guard hasOutput, !writer.frames.contains(where: { $0.mark != nil }) else { return }
        if sawBlank || isTop && !(lastTop == .paragraph && type == .list) { writer.blankRow() }
        if isTop { lastTop = type }
    }
    private var lastTop: UInt32 = 0

    private mutating func begin(_ level: Outline.Level, _ outline: Outline, _ isPartial: Bool) {
        if levels.first?.tag == level.tag || levels.count == 1 { lastTop = level.type }
        switch level.type {
        case .paragraph:
            leaf = .paragraph
            flow = nil
            lastWasDefinition = false
            text(outline, isPartial)
        case .heading:
            heading(outline.content ?? "", level.heading)
            leaf = .closed
        case .codeBlock:
            leaf = .code
            showsInfo = level.isFenced
            code(outline.content)
        case .htmlBlock:
            leaf = .html
            html(outline.content)
        case .thematicBreak:
            writer.raw(String(repeating: "─", count: writer.room), .dim)
            writer.endRow()
            hasOutput = true
            leaf = .closed
        case .table:
            beginTable(outline)
        default: leaf = .none
        }
    }

    /// Prints a line of the block that was there before.
    private mutating func goOn(_ outline: Outline, _ last: Outline.Level, _ isPartial: Bool) {
        // A row of a table leaves nothing of its line.
        let isBlank =
            outline.rows.isEmpty && (line.isBlankLine || outline.textOffset.map { $0 >= line.count || Array(line[$0...]).isBlankLine } ?? false)
        levels[levels.count - 1].type = last.type
        switch (leaf, last.type) {
        case (.paragraph, .heading): underline(last.heading)
        case (.paragraph, .table):
            if !waiting.isEmpty { waiting.removeLast() }
            endLeaf()
            beginTable(outline)
        case (.table, .table): for row in outline.rows { table?.add(row, to: &writer) }
        case (.code, .codeBlock):
            if let content = outline.content { return code(content) }
            endLeaf()
            leaf = .closed
        case (.html, .htmlBlock):
            if outline.content != nil || !isBlank { return html(outline.content) }
        case (.paragraph, .paragraph) where !isBlank:
            text(outline, isPartial)
            return
        default: break
        }
        if isBlank {
            if leaf == .paragraph || leaf == .table { endLeaf() }
            sawBlank = true
        }
    }

    // MARK: - Paragraphs

    private mutating func text(_ outline: Outline, _ isPartial: Bool) {
        let offset = outline.textOffset ?? line.firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: ">") } ?? line.count
        let text = line[min(offset, line.count)...]
        sawBlank = false
        hasOutput = true
        if isPartial {
            give(withLineEnd: true)
            begin(text)
            flow?.append(text, to: &writer)
            return
        }
        if !isWhole { give(withLineEnd: true) }
        waiting.append(Array(text.prefix { $0 != 0x0A && $0 != 0x0D }))
        // Only a line with bars can be a header that the next line makes one.
        if !isWhole, !text.contains(UInt8(ascii: "|")) { give(withLineEnd: true) }
    }

    /// Makes the flow for the paragraph, and breaks the row around definitions of links.
    private mutating func begin(_ text: ArraySlice<UInt8>) {
        if flow == nil { flow = InlineFlow(look: .plain, limit: isWhole ? Int.max : style.width * 2) }
        let isDefinition = text.first == UInt8(ascii: "[") && Labels.candidates(in: Array(text.prefix(200))).first?.hasColon == true
        if isDefinition || lastWasDefinition { flow?.breakRow(&writer) }
        lastWasDefinition = isDefinition
    }

    /// Prints the lines that wait.
    private mutating func give(withLineEnd: Bool) {
        let lines = waiting
        waiting = []
        for line in lines {
            begin(line[...])
            flow?.append(line, to: &writer)
            flow?.append([0x0A], to: &writer)
        }
    }

    private mutating func underline(_ level: Int) {
        if isWhole {
            if !style.hasColours { writer.text(String(repeating: "#", count: level) + " ", .plain) }
            flow = InlineFlow(look: BlockPrinter.look(ofHeading: level), limit: Int.max)
            endLeaf()
        } else {
            endLeaf()
            let width = max(3, min(writer.room, writer.rowWidths.last ?? 3))
            writer.raw(String(repeating: level == 1 ? "═" : "─", count: width), .dim)
            writer.endRow()
        }
        leaf = .closed
    }

    private mutating func heading(_ content: String, _ level: Int) {
        let look = BlockPrinter.look(ofHeading: level)
        if !style.hasColours { writer.text(String(repeating: "#", count: level) + " ", look) }
        var flow = InlineFlow(look: look, limit: Int.max)
        flow.append(content.utf8.reversed().drop { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }.reversed(), to: &writer)
        flow.finish(&writer)
        writer.openRow()
        writer.endRow()
        hasOutput = true
    }

    private static func look(ofHeading level: Int) -> SpanStyle { SpanStyle(attributes: level == 1 ? [.bold, .underlined] : .bold) }

    /// Ends what the last block still has to print.
    private mutating func endLeaf() {
        switch leaf {
        case .paragraph:
            give(withLineEnd: true)
            flow?.finish(&writer)
            flow = nil
            writer.endRow()
        case .table:
            table?.finish(&writer)
            table = nil
        case .code, .html: if blankLines > 0 { sawBlank = true }
        case .none, .closed: break
        }
        blankLines = 0
        leaf = .none
    }

    // MARK: - Code, HTML and tables

    private mutating func code(_ content: String?) {
        guard var content = content?[...] else { return }
        hasOutput = true
        if showsInfo {
            showsInfo = false
            let end = content.utf8.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? content.endIndex
            let language = content[..<end].split(whereSeparator: { $0 == " " || $0 == "\t" }).first ?? ""
            if !language.isEmpty {
                writer.raw("    " + TerminalText.safe(language), .dim)
                writer.endRow()
            }
            content = content[end...]
            if content.utf8.first == 0x0D { content = Substring(content.unicodeScalars.dropFirst()) }
            if content.utf8.first == 0x0A { content = Substring(content.unicodeScalars.dropFirst()) }
            guard !content.isEmpty else { return }
        }
        lines(of: content, indent: "    ", .init(attributes: .code))
    }

    private mutating func html(_ content: String?) {
        hasOutput = true
        let text = content ?? String(decoding: line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }, as: UTF8.self)
        lines(of: text[...], indent: "", .dim)
    }

    /// Prints lines as they stand; blank ones when another follows.
    private mutating func lines(of text: Substring, indent: String, _ look: SpanStyle) {
        let text = text.utf8.reversed().drop { $0 == 0x0A || $0 == 0x0D }.reversed()
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            blankLines += 1
            return
        }
        for _ in 0..<blankLines { writer.blankRow() }
        blankLines = 0
        sawBlank = false
        writer.raw(indent, .plain)
        writer.raw(TerminalText.safe(String(decoding: Array(text), as: UTF8.self)), look)
        writer.endRow()
    }

    private mutating func beginTable(_ outline: Outline) {
        leaf = .table
        hasOutput = true
        lastTop = levels.count == 1 ? .table : lastTop
        table = TableWriter(header: outline.rows.first ?? [], alignments: outline.alignments, isWhole: isWhole)
    }
}
