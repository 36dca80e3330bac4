/// Writes words into the rows of a terminal, each behind the marks of the containers that it is in.
///
/// It only ever adds: a word goes into the row that is open, or where it does not fit, into a new one.
struct RowWriter {
    /// A quote or an item of a list, around what is written.
    struct Frame {
        /// What stands before the first row; nil when it was written.
        var mark: String?
        /// What stands before the other rows.
        var rest: String
        var restStyle: SpanStyle
    }

    let style: TerminalStyle
    /// What was written and not taken yet.
    private(set) var output = ""
    /// The cells of each row that is finished.
    private(set) var rowWidths: [Int] = []
    var frames: [Frame] = []
    /// Whether a row has begun.
    private(set) var isInRow = false
    private var column = 0
    private var rowStart = 0
    private var word: [(text: String, style: SpanStyle)] = []
    private var wordWidth = 0
    private var hasSpace = false
    private var endsIdeographic = false

    init(style: TerminalStyle) { self.style = style }

    /// What was written since this was last called.
    mutating func take() -> String {
        defer { output = "" }
        return output
    }

    /// The cells that a row has behind the marks.
    var room: Int { max(10, style.width - frames.reduce(0) { $0 + CellWidth.of($1.rest) }) }

    /// Adds text to the row, which may be broken at its spaces and between ideographs.
    mutating func text(_ text: String, _ look: SpanStyle) {
        var part = ""
        func flush(_ writer: inout RowWriter) {
            if !part.isEmpty { writer.add(part, look) }
            part = ""
        }
        for character in TerminalText.safe(text) {
            if character == " " {
                flush(&self)
                space()
                continue
            }
            let first = character.unicodeScalars.first!
            let isIdeographic = TerminalText.isIdeographic(first)
            if isIdeographic || endsIdeographic, !TerminalText.isClosing(first) {
                flush(&self)
                endWord()
            }
            endsIdeographic = isIdeographic
            part.append(character)
        }
        flush(&self)
    }

    private mutating func add(_ text: String, _ look: SpanStyle) {
        word.append((text, look))
        wordWidth += CellWidth.of(text)
    }

    /// A space between words, which is not written at the end of a row.
    mutating func space() {
        endWord()
        hasSpace = true
        endsIdeographic = false
    }

    /// Writes the word that is being made. What follows goes on without a space.
    mutating func endWord() {
        guard !word.isEmpty else { return }
        var needed = wordWidth + (hasSpace && column > rowStart ? 1 : 0)
        if isInRow, column > rowStart, column + needed > style.width { endLine() }
        openRow()
        if hasSpace, column > rowStart {
            output += " "
            column += 1
        }
        needed = wordWidth
        let isLong = column + needed > style.width
        for span in word { write(span.text, span.style, isLong) }
        word = []
        wordWidth = 0
        hasSpace = false
    }

    private mutating func write(_ text: String, _ look: SpanStyle, _ isLong: Bool) {
        guard isLong else {
            output += look.rendered(text, style)
            column += CellWidth.of(text)
            return
        }
        var part = ""
        for character in text {
            let width = CellWidth.of(character)
            if column + width > style.width, column > rowStart {
                output += look.rendered(part, style)
                part = ""
                endLine()
                openRow()
            }
            part.append(character)
            column += width
        }
        output += look.rendered(part, style)
    }

    /// Writes text as it is, without breaking it.
    mutating func raw(_ text: String, _ look: SpanStyle) {
        endWord()
        openRow()
        output += look.rendered(text, style)
        column += CellWidth.of(text)
    }

    /// Begins a row: writes the marks.
    mutating func openRow() {
        guard !isInRow else { return }
        isInRow = true
        column = 0
        for index in frames.indices {
            // Marks that leave no room for words are left out.
            let text = frames[index].mark ?? frames[index].rest
            let look = frames[index].mark == nil ? frames[index].restStyle : .dim
            frames[index].mark = nil
            guard column + CellWidth.of(text) <= style.width - 10 else { continue }
            output += look.rendered(text, style)
            column += CellWidth.of(text)
        }
        rowStart = column
    }

    /// Ends the row, where one has begun.
    mutating func endRow() {
        endWord()
        endLine()
        hasSpace = false
        endsIdeographic = false
    }

    private mutating func endLine() {
        guard isInRow else { return }
        output += "\n"
        rowWidths.append(column)
        isInRow = false
        hasSpace = false
    }

    /// Writes a row with nothing in it but the bars of quotes.
    mutating func blankRow() {
        endRow()
        var text = ""
        for frame in frames where CellWidth.of(text + frame.rest) <= style.width - 10 { text += frame.rest }
        while text.last == " " { text.removeLast() }
        output += SpanStyle.dim.rendered(text, style) + "\n"
    }
}
