/// Addresses and tags, whose dollars are their own.
extension MathText {
    /// What begins with `<` and a name, `](`, or `://`, up to its end; else one byte.
    func address(at index: Int, _ isLast: Bool) -> Step {
        switch rest[index] {
        case UInt8(ascii: "<"):
            guard index + 1 < rest.count else { return .wait }
            let next = rest[index + 1]
            guard MathText.isLetter(next) || next == UInt8(ascii: "/") else { return .pass(1) }
            return through(at: index, from: index + 1) { $0 == UInt8(ascii: ">") } unless: { $0 == 0x0A || $0 == UInt8(ascii: "<") }
        case UInt8(ascii: "]"):
            guard index + 1 < rest.count else { return .wait }
            guard rest[index + 1] == UInt8(ascii: "(") else { return .pass(1) }
            var depth = 0
            return through(at: index, from: index + 1) { byte in
                if byte == UInt8(ascii: "(") { depth += 1 } else if byte == UInt8(ascii: ")") { depth -= 1 }
                return depth == 0
            } unless: { $0 == 0x0A }
        default:
            guard index + 1 < rest.count else { return .wait }
            guard rest[index + 1] == UInt8(ascii: "/") else { return .pass(1) }
            guard index + 2 < rest.count else { return .wait }
            guard rest[index + 2] == UInt8(ascii: "/") else { return .pass(1) }
            // Its end stays outside: it may begin something.
            let end = rest[index...].firstIndex { MathText.isSpace($0) || [UInt8(ascii: "<"), UInt8(ascii: ")"), UInt8(ascii: "`")].contains($0) }
            if let end { return .pass(end - index) }
            return isLast || rest.count - index > 2000 ? .pass(rest.count - index) : .wait
        }
    }

    private func through(at index: Int, from start: Int, to isEnd: (UInt8) -> Bool, unless isNone: (UInt8) -> Bool) -> Step {
        for place in start..<rest.count {
            if isNone(rest[place]) || place - index > 2000 { return .pass(1) }
            if isEnd(rest[place]) { return .pass(place + 1 - index) }
        }
        return .wait
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
