/// A growing Markdown text as styled rows of a terminal.
///
/// What was printed is never changed: no row is drawn again and the cursor never moves back. So the text appears as it
/// streams, word by word, each as soon as nothing that follows can change its look. What decides is the text alone:
/// the output for all pieces together does not depend on how the text was cut.
///
/// - Words of paragraphs, also in lists and quotes, are printed once the first words of their line show what the line
///   is. A mark that may open emphasis, code or a link holds the words behind it until it is closed, for two rows at
///   most; then they are printed as they stand.
/// - Headings, lines of code and rows of tables are printed when their line is whole. A table's columns are set by its
///   header and first row.
/// - A line with bars in it waits for the next, which may make it the header of a table. A paragraph that turns out to be
///   a heading by the line under it gets that line.
/// - Items of a list are apart where the text has a blank line between them. References to definitions, and the
///   definitions, are printed as they stand.
public struct TerminalMarkdown: ~Copyable, Sendable {
    private var splitter = LineSplitter()
    private var lineGuard = LineGuard()
    private var parser = OutlineParser()
    /// Takes the beginnings of lines, to say what they are; nil when it took one for what it was not.
    private var foresight: OutlineParser?
    private var printer: BlockPrinter
    /// What was printed of the line that is not whole.
    private var begun: BegunLine?
    /// Whether the beginning of the line that is not whole was looked at.
    private var hasLooked = false

    /// How many bytes were parsed to find the blocks; the words within them are parsed once besides.
    public private(set) var bytesParsed = 0

    /// A line that is printed while it grows.
    private struct BegunLine {
        var outline: Outline
        /// How many of the line's bytes are printed.
        var count: Int
    }

    public init(_ style: TerminalStyle = TerminalStyle()) { self.init(style, isWhole: false) }

    init(_ style: TerminalStyle, isWhole: Bool) {
        printer = BlockPrinter(style: style, isWhole: isWhole)
        foresight = isWhole ? nil : OutlineParser()
    }

    /// A text that is whole, styled with all of it in sight: paragraphs and tables wait for their ends.
    public static func render(_ text: String, style: TerminalStyle = TerminalStyle()) -> String {
        var markdown = TerminalMarkdown(style, isWhole: true)
        return markdown.append(text) + markdown.finish()
    }

    /// Appends a piece of the text.
    /// - Returns: what to print now.
    public mutating func append(_ piece: String) -> String {
        var lines: [[UInt8]] = []
        splitter.append(piece) { lines.append($0) }
        for line in lines { take(line) }
        begin(splitter.rest)
        return printer.writer.take()
    }

    /// Ends the text. More may not be appended.
    /// - Returns: what to print last; the output then ends with a line end, unless nothing was printed.
    public mutating func finish() -> String {
        if let line = splitter.finish() { take(line) }
        printer.finish()
        return printer.writer.take()
    }

    /// Takes a line that is whole.
    private mutating func take(_ line: [UInt8]) {
        begin(line)
        bytesParsed += line.count * 2
        let outline = parser.feed(lineGuard.guarded(line))
        if let begun, begun.outline.hasSameShape(as: outline) {
            printer.line = line
            printer.endLine()
        } else {
            printer.print(outline, line)
        }
        if !hasLooked, foresight != nil { _ = foresight?.feed(line) }
        follow(outline, line)
        begun = nil
        hasLooked = false
    }

    /// Keeps the parser that looks ahead in step with the other.
    private mutating func follow(_ outline: Outline, _ line: [UInt8]) {
        guard !printer.isWhole else { return }
        if let first = outline.levels.first, first.isNew {
            // A new top-level block: nothing before it matters.
            foresight = OutlineParser()
            foresight?.count(from: first.tag - 1)
            bytesParsed += line.count
            _ = foresight?.feed(line)
        }
        if foresight?.count != parser.count { foresight = nil }
    }

    /// Prints what there is of a line, once its beginning shows that it is text of a paragraph.
    private mutating func begin(_ line: [UInt8]) {
        let end = line.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
        if !hasLooked, foresight != nil, let head = TerminalMarkdown.head(of: line) {
            hasLooked = true
            if let outline = foresight?.feed(head), printer.mayBegin(outline, head) {
                printer.print(outline, head, isPartial: true)
                begun = BegunLine(outline: outline, count: head.count)
            }
        }
        if let count = begun?.count, count < end {
            printer.append(line[count..<end])
            begun?.count = end
        }
    }

    /// The beginning of a line that is long enough to say what the line is: some words, or some letters of a writing
    /// without spaces.
    private static func head(of line: [UInt8]) -> [UInt8]? {
        var end = 8
        while end < min(line.count, 200) {
            let byte = line[end]
            if byte == 0x20 || byte >= 0xE3 && end >= 24 { return Array(line[..<end]) }
            if byte == 0x0A || byte == 0x0D { return nil }
            end += 1
        }
        return nil
    }
}
