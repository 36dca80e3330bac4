/// Which marks of a text may still open something.
///
/// It is a rough reading of the rules, on the safe side: what it takes for open is only held back for a while.
struct OpenMarks {
    /// Whether the word so far is, or may be, an address that the library makes a link.
    private(set) var isAddress = false

    private var stack: [(mark: UInt8, count: Int)] = []
    private var run: (mark: UInt8, count: Int, before: UInt8)?
    /// The length of the run that opened code; 0 outside of code.
    private var code = 0
    private var brackets = 0
    private var address = 0
    private var isInTag = false
    private var isEscaped = false
    private var last: UInt8 = 0x20
    private var beforeLast: UInt8 = 0x20

    /// Whether nothing is open. Right only behind a whole word.
    var isSettled: Bool { stack.isEmpty && code == 0 && brackets == 0 && address == 0 && !isInTag && run == nil }
    /// Whether the text is in the address of a link.
    var isInAddress: Bool { address > 0 }

    mutating func take(_ byte: UInt8) {
        if let open = run {
            if byte == open.mark {
                run?.count += 1
                return
            }
            run = nil
            end(open, byte)
        }
        defer {
            beforeLast = last
            last = byte
        }
        if byte == 0x20 || byte == 0x0A || byte == 0x09 {
            isAddress = false
            isEscaped = false
            return
        }
        if isEscaped {
            isEscaped = false
            return
        }
        if code > 0 {
            if byte == UInt8(ascii: "`") { run = (byte, 1, last) }
            return
        }
        mark(byte)
    }

    private mutating func mark(_ byte: UInt8) {
        if last == UInt8(ascii: "<"), !isInTag {
            isInTag = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") || byte | 0x20 >= UInt8(ascii: "a") && byte < 0x80
        }
        switch byte {
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "`"): run = (byte, 1, last)
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): if address == 0 { run = (byte, 1, last) }
        case UInt8(ascii: "["): brackets += 1
        case UInt8(ascii: "]"): brackets = max(0, brackets - 1)
        case UInt8(ascii: "("): if address > 0 || last == UInt8(ascii: "]") { address += 1 }
        case UInt8(ascii: ")"): address = max(0, address - 1)
        case UInt8(ascii: ">"): isInTag = false
        case UInt8(ascii: "@"): isAddress = true
        case UInt8(ascii: "/"): if last == byte { isAddress = true }
        case UInt8(ascii: "."): if last | 0x20 == UInt8(ascii: "w"), beforeLast | 0x20 == UInt8(ascii: "w") { isAddress = true }
        default: break
        }
    }

    /// Decides what a run of marks is, now that the byte behind it is known.
    private mutating func end(_ run: (mark: UInt8, count: Int, before: UInt8), _ next: UInt8) {
        beforeLast = run.mark
        last = run.mark
        if run.mark == UInt8(ascii: "`") {
            if code == 0 { code = run.count } else if code == run.count { code = 0 }
            return
        }
        if run.mark == UInt8(ascii: "~"), run.count != 2 { return }
        let opens = !OpenMarks.isSpace(next)
        let closes = !OpenMarks.isSpace(run.before)
        if run.mark == UInt8(ascii: "_"), OpenMarks.isWord(run.before), OpenMarks.isWord(next) { return }
        var rest = run.count
        while closes, rest > 0, let index = stack.lastIndex(where: { $0.mark == run.mark }) {
            stack.removeSubrange((index + 1)...)
            let used = min(rest, stack[index].count)
            rest -= used
            stack[index].count -= used
            if stack[index].count == 0 { stack.removeLast() }
        }
        if opens, rest > 0, stack.count < 64 { stack.append((run.mark, rest)) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
