/// Sets mathematics apart from Markdown, which would take its backslashes, stars and underscores for its own: what stands
/// between `\(` and `\)`, `\[` and `\]`, `$$` and `$$`, or `$` and `$` becomes a code span that begins with a mark.
///
/// A text may come in pieces; what comes out in all depends on the whole text alone. A formula is held back until it ends.
struct MathText {
    /// Private characters, at the beginning of a formula within a line and of one that stands alone.
    static let inlineMark = "\u{E000}", displayMark = "\u{E001}"

    var rest: [UInt8] = []
    var isAtLineStart = true
    /// The mark of the code block that is open, and how often it stands there.
    var fence: (mark: UInt8, count: Int)?
    /// How many backticks began the code span that is open.
    var span: Int?
    /// Whether the line is one of an indented code block.
    var isCodeLine = false
    /// Whether an indented code block can begin: not within a paragraph.
    var canBeCode = true
    /// The column at which the text of the list item begins; 0 outside of lists.
    var itemColumn = 0
    private var last: UInt8 = 0x0A

    mutating func append(_ piece: String) -> String {
        rest += Array(piece.utf8)
        return take(isLast: false)
    }

    mutating func finish() -> String { take(isLast: true) }

    static func whole(_ text: String) -> String {
        var filter = MathText()
        return filter.append(text) + filter.finish()
    }

    enum Step {
        /// So many bytes are passed on as they are.
        case pass(Int)
        /// So many bytes are a formula.
        case formula(Int, content: Range<Int>, mark: String)
        /// What follows decides.
        case wait
    }

    private mutating func take(isLast: Bool) -> String {
        var out: [UInt8] = []
        var index = 0
        loop: while index < rest.count {
            var step = next(at: index, isLast)
            if case .wait = step, isLast { step = .pass(1) }
            switch step {
            case .wait: break loop
            case .pass(let count):
                out += rest[index..<(index + count)]
                index += count
            case .formula(let count, let content, let mark):
                out += MathText.span(rest[content], mark)
                index += count
            }
            last = rest[index - 1]
            if last == 0x0A { isAtLineStart = true }
        }
        rest.removeFirst(index)
        return String(decoding: out, as: UTF8.self)
    }

    mutating func next(at index: Int, _ isLast: Bool) -> Step {
        if isAtLineStart { return lineStart(at: index, isLast) }
        let byte = rest[index]
        if fence != nil || isCodeLine { return .pass(lineLength(at: index)) }
        switch byte {
        case UInt8(ascii: "`"):
            let count = run(of: byte, at: index)
            if index + count == rest.count, !isLast { return .wait }
            if span == count { span = nil } else if span == nil { span = count }
            return .pass(count)
        case _ where span != nil: return .pass(1)
        case UInt8(ascii: "\\"):
            guard index + 1 < rest.count else { return .wait }
            switch rest[index + 1] {
            case UInt8(ascii: "("): return formula(at: index, from: 2, to: Array("\\)".utf8), MathText.inlineMark)
            case UInt8(ascii: "["): return formula(at: index, from: 2, to: Array("\\]".utf8), MathText.displayMark)
            case 0x80...: return .pass(1)
            case 0x0A: return .pass(1)
            default: return .pass(2)
            }
        case UInt8(ascii: "$"):
            guard index + 1 < rest.count else { return .wait }
            if rest[index + 1] == byte { return formula(at: index, from: 2, to: [byte, byte], MathText.displayMark) }
            if MathText.isWord(last) || MathText.isSpace(rest[index + 1]) { return .pass(1) }
            return dollars(at: index, isLast)
        case UInt8(ascii: "<"), UInt8(ascii: "]"), UInt8(ascii: ":"): return address(at: index, isLast)
        default: return .pass(1)
        }
    }
}
