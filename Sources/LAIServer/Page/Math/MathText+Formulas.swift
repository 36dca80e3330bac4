/// Where a formula ends, and what it becomes.
extension MathText {
    func formula(at index: Int, from start: Int, to end: [UInt8], _ mark: String) -> Step {
        var place = index + start
        var isBlank = false
        while place < rest.count {
            if place - index > 4000 { return .pass(start) }
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
    func dollars(at index: Int, _ isLast: Bool) -> Step {
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

    func run(of byte: UInt8, at index: Int) -> Int { rest[index...].prefix { $0 == byte }.count }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    /// A code span with a mark at its beginning.
    static func span(_ content: ArraySlice<UInt8>, _ mark: String) -> [UInt8] {
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
