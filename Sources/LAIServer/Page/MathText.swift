/// Sets mathematics apart from Markdown, which would take its backslashes, stars and underscores for its own: what stands
/// between `\(` and `\)`, `\[` and `\]`, `$$` and `$$`, or `$` and `$` becomes a code span that begins with a mark.
///
/// A text may come in pieces; what comes out in all depends on the whole text alone. A formula is held back until it ends.
struct MathText {
    /// Private characters, at the beginning of a formula within a line and of one that stands alone.
    static let inlineMark = "\u{E000}", displayMark = "\u{E001}"
    private static let limit = 4000

    private var rest: [UInt8] = []
    private var isAtLineStart = true
    /// The mark of the code block that is open, and how often it stands there.
    private var fence: (mark: UInt8, count: Int)?
    /// How many backticks began the code span that is open.
    private var span: Int?
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

    private enum Step {
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

    private mutating func next(at index: Int, _ isLast: Bool) -> Step {
        if isAtLineStart { return lineStart(at: index, isLast) }
        let byte = rest[index]
        if fence != nil { return .pass((rest[index...].firstIndex(of: 0x0A) ?? rest.count - 1) + 1 - index) }
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
        default: return .pass(1)
        }
    }

    /// Whether a line begins or ends a code block.
    private mutating func lineStart(at index: Int, _ isLast: Bool) -> Step {
        var place = index
        while place < rest.count, [0x20, 0x09, UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*")].contains(rest[place]) { place += 1 }
        guard place < rest.count else { return isLast ? begun(.pass(rest.count - index)) : .wait }
        let mark = rest[place]
        if mark == 0x0A || mark == 0x0D {
            span = nil
            return begun(.pass(place + 1 - index))
        }
        guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return begun(place == index ? next(within: index, isLast) : .pass(place - index)) }
        let count = run(of: mark, at: place)
        if place + count == rest.count, !isLast { return .wait }
        guard count >= 3 else { return begun(place == index ? next(within: index, isLast) : .pass(place - index)) }
        guard let end = rest[place...].firstIndex(of: 0x0A) else { return isLast ? begun(.pass(rest.count - index)) : .wait }
        let info = rest[(place + count)..<end]
        if let open = fence {
            if open.mark == mark, count >= open.count, info.allSatisfy(MathText.isSpace) { fence = nil }
        } else if mark == UInt8(ascii: "~") || !info.contains(mark) {
            (fence, span) = ((mark, count), nil)
        } else {
            return begun(place == index ? next(within: index, isLast) : .pass(place - index))
        }
        return begun(.pass(end + 1 - index))
    }

    private mutating func begun(_ step: Step) -> Step {
        if case .wait = step { return step }
        isAtLineStart = false
        return step
    }

    private mutating func next(within index: Int, _ isLast: Bool) -> Step {
        isAtLineStart = false
        let step = next(at: index, isLast)
        if case .wait = step { isAtLineStart = true }
        return step
    }

    private func formula(at index: Int, from start: Int, to end: [UInt8], _ mark: String) -> Step {
        var place = index + start
        var isBlank = false
        while place < rest.count {
            if place - index > MathText.limit { return .pass(start) }
            if rest[place] == 0x0A {
                if isBlank { return .pass(start) }
                isBlank = true
            } else if !MathText.isSpace(rest[place]) {
                isBlank = false
                guard place + 1 < rest.count else { return .wait }
                if rest[place...].starts(with: end) {
                    let content = (index + start)..<place
                    return content.isEmpty ? .pass(start) : .formula(place + end.count - index, content: content, mark: mark)
                }
                if rest[place] == UInt8(ascii: "\\"), rest[place + 1] != 0x0A { place += 1 }
            }
            place += 1
        }
        return .wait
    }

    /// A formula between single dollars: it keeps to its line, and is no price.
    private func dollars(at index: Int, _ isLast: Bool) -> Step {
        var place = index + 1
        while place < rest.count {
            switch rest[place] {
            case 0x0A: return .pass(1)
            case UInt8(ascii: "`"): return .pass(1)
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "$") where !MathText.isSpace(rest[place - 1]):
                if place + 1 == rest.count, !isLast { return .wait }
                if place + 1 == rest.count || !MathText.isWord(rest[place + 1]) {
                    return .formula(place + 1 - index, content: (index + 1)..<place, mark: MathText.inlineMark)
                }
            default: break
            }
            place += 1
            if place - index > 500 { return .pass(1) }
        }
        return .wait
    }

    private func run(of byte: UInt8, at index: Int) -> Int { rest[index...].prefix { $0 == byte }.count }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// A code span with a mark at its beginning.
    private static func span(_ content: ArraySlice<UInt8>, _ mark: String) -> [UInt8] {
        var (longest, count) = (0, 0)
        for byte in content {
            count = byte == UInt8(ascii: "`") ? count + 1 : 0
            longest = max(longest, count)
        }
        let ticks = [UInt8](repeating: UInt8(ascii: "`"), count: longest + 1)
        let line = content.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        return ticks + Array(mark.utf8) + line + (line.last == UInt8(ascii: "`") ? [0x20] : []) + ticks
    }
}
