/// A paragraph's text as it grows: gives each word away as soon as nothing that may follow can change its look.
///
/// What is held back begins at the first mark that may still open something: emphasis, code, a link. It is held for
/// ``limit`` bytes at most, or a kilobyte within an address; then it is written as it stands. Every decision hangs on
/// the bytes so far alone, so it does not matter how they were cut.
struct InlineFlow {
    let look: SpanStyle
    /// How much of the text is held back for a mark that may open something.
    let limit: Int
    private static let longLimit = 1024

    /// What is not written yet.
    private var held: [UInt8] = []
    private var before = InlineWriter.Before.space
    /// The white space since the last word, where all words are written.
    private var gap = Gap()
    private var marks = OpenMarks()
    private var scalarStart = 0
    private var lastIsIdeographic = false

    private struct Gap {
        var isAny = false
        var breaks = false
    }

    init(look: SpanStyle, limit: Int) {
        self.look = look
        self.limit = limit
    }

    /// Whether anything is held back.
    var isHolding: Bool { !held.isEmpty }

    /// Takes more of the text; lines are parted by LF.
    mutating func append(_ bytes: some Sequence<UInt8>, to writer: inout RowWriter) {
        for byte in bytes { step(byte, &writer) }
    }

    /// Breaks the row, where the text has a break of its own.
    mutating func breakRow(_ writer: inout RowWriter) {
        flush(held.count, &writer)
        gap.isAny = true
        gap.breaks = true
    }

    /// Ends the text.
    mutating func finish(_ writer: inout RowWriter) {
        flush(held.count, &writer)
        gap = Gap()
        writer.endWord()
    }

    private mutating func step(_ byte: UInt8, _ writer: inout RowWriter) {
        if byte == 0x20 || byte == 0x0A || byte == 0x09 { return space(byte, &writer) }
        if gap.isAny { endGap(&writer) }
        marks.take(byte)
        if byte & 0xC0 != 0x80 {
            let isLong = held.count >= InlineFlow.longLimit && byte < 0x80 && held.last.map { $0 < 0x80 } == true
            if isLong && limit < Int.max || held.count >= InlineFlow.longLimit * 8 && limit < Int.max { flush(held.count, &writer) }
            scalarStart = held.count
            if byte < 0x80 { lastIsIdeographic = false }
        }
        held.append(byte)
        if byte >= 0x80 { wide(&writer) }
    }

    /// Looks whether a scalar is whole now, before which the row may be broken.
    private mutating func wide(_ writer: inout RowWriter) {
        let lead = held[scalarStart]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard held.count - scalarStart == length, let scalar = String(decoding: held[scalarStart...], as: UTF8.self).unicodeScalars.first else { return }
        let isIdeographic = TerminalText.isIdeographic(scalar)
        defer { lastIsIdeographic = isIdeographic }
        guard isIdeographic, lastIsIdeographic, !TerminalText.isClosing(scalar), scalarStart > 0, marks.isSettled, !marks.isAddress else { return }
        flush(scalarStart, &writer)
        scalarStart = 0
    }

    private mutating func space(_ byte: UInt8, _ writer: inout RowWriter) {
        marks.take(byte)
        lastIsIdeographic = false
        if held.isEmpty {
            gap.isAny = true
        } else if marks.isSettled || held.count >= (marks.isInAddress ? max(limit, InlineFlow.longLimit) : limit) {
            // A backslash at the end of a line breaks it.
            if byte == 0x0A, held.last == UInt8(ascii: "\\"), held.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count % 2 == 1 {
                held.removeLast()
                gap.breaks = true
            }
            flush(held.count, &writer)
            gap.isAny = true
        } else {
            held.append(byte)
            return
        }
        // A line stays a line: models break them where they mean it, in verses and in lists without marks.
        if byte == 0x0A { gap.breaks = true }
    }

    private mutating func endGap(_ writer: inout RowWriter) {
        if gap.breaks { writer.endRow() } else { writer.space() }
        gap = Gap()
        before = .space
    }

    /// Writes the first bytes of what is held back.
    private mutating func flush(_ count: Int, _ writer: inout RowWriter) {
        guard count > 0 else { return }
        let piece = Array(held[..<count])
        held.removeFirst(count)
        InlineWriter.write(piece, after: before, look, to: &writer)
        before = InlineWriter.Before(String(decoding: piece, as: UTF8.self).unicodeScalars.last)
        if held.isEmpty {
            marks = OpenMarks()
            lastIsIdeographic = false
            scalarStart = 0
        }
        writer.endWord()
    }
}
