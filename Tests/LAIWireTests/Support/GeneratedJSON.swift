import LAISamples

/// A random JSON text, and the value that it stands for.
struct GeneratedJSON {
    var text: [UInt8]
    var node: Node

    private static let scalars: [Unicode.Scalar] = [
        "a", "b", "z", "0", " ", "/", "\"", "\\", "\n", "\r", "\t", "\u{8}", "\u{C}", "\0", "\u{1}", "\u{1F}", "\u{7F}",
        "\u{80}", "é", "\u{301}", "\u{7FF}", "\u{800}", "漢", "\u{2028}", "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{FFFD}",
        "\u{FFFF}", "\u{10000}", "🙂", "\u{10FFFF}", "{", "}", "[", "]", ",", ":", "K", "\u{212A}",
    ]

    /// Any value.
    static func value(depth: Int = 0, using random: inout SeededGenerator) -> GeneratedJSON {
        switch Int.random(in: 0..<(depth < 4 ? 10 : 6), using: &random) {
        case 0: return GeneratedJSON(text: Array("null".utf8), node: .null)
        case 1: return GeneratedJSON(text: Array("true".utf8), node: .bool(true))
        case 2: return GeneratedJSON(text: Array("false".utf8), node: .bool(false))
        case 3: return number(using: &random)
        case 4, 5: return string(using: &random)
        case 6, 7: return array(depth: depth, using: &random)
        default: return object(depth: depth, using: &random)
        }
    }

    static func object(depth: Int = 0, using random: inout SeededGenerator) -> GeneratedJSON {
        var text: [UInt8] = [0x7B] + blank(using: &random)
        var members: [Node.Member] = []
        for index in 0..<Int.random(in: 0...4, using: &random) {
            if index > 0 { text += [0x2C] + blank(using: &random) }
            // The number makes each key another, whatever two strings may have in common.
            let key = string(prefix: "\(index)", using: &random)
            let value = value(depth: depth + 1, using: &random)
            text += key.text + blank(using: &random) + [0x3A] + blank(using: &random) + value.text + blank(using: &random)
            guard case .string(let name) = key.node else { continue }
            members.append(Node.Member(key: name, value: value.node))
        }
        return GeneratedJSON(text: text + [0x7D], node: .object(members))
    }

    private static func array(depth: Int, using random: inout SeededGenerator) -> GeneratedJSON {
        var text: [UInt8] = [0x5B] + blank(using: &random)
        var elements: [Node] = []
        for index in 0..<Int.random(in: 0...4, using: &random) {
            if index > 0 { text += [0x2C] + blank(using: &random) }
            let value = value(depth: depth + 1, using: &random)
            text += value.text + blank(using: &random)
            elements.append(value.node)
        }
        return GeneratedJSON(text: text + [0x5D], node: .array(elements))
    }

    private static func number(using random: inout SeededGenerator) -> GeneratedJSON {
        func digits(_ count: ClosedRange<Int>) -> String {
            (0..<Int.random(in: count, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        }
        var literal = random.chance(1, in: 3) ? "-" : ""
        literal += random.chance(1, in: 3) ? "0" : "\(Int.random(in: 1...9, using: &random))\(digits(0...16))"
        if random.chance(1, in: 3) { literal += ".\(digits(1...8))" }
        if random.chance(1, in: 4) { literal += "\(random.pick(["e", "E"]))\(random.pick(["", "+", "-"]))\(digits(1...2))" }
        return GeneratedJSON(text: Array(literal.utf8), node: .number(literal))
    }

    static func string(prefix: String = "", using random: inout SeededGenerator) -> GeneratedJSON {
        var text = "\"" + prefix
        var value = prefix
        for _ in 0..<random.pick([0, 1, 2, 3, 7, 8, 9, 20]) {
            let scalar = random.chance(1, in: 2) ? random.pick(["x", "y", " "] as [Unicode.Scalar]) : random.pick(scalars)
            value.unicodeScalars.append(scalar)
            text += written(scalar, using: &random)
        }
        return GeneratedJSON(text: Array(text.utf8) + [0x22], node: .text(value))
    }

    /// One of the ways in which a string may hold a scalar.
    private static func written(_ scalar: Unicode.Scalar, using random: inout SeededGenerator) -> String {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{8}": "\\b", "\u{C}": "\\f",
        ]
        let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        if !mustEscape, random.chance(2, in: 3) { return String(Character(scalar)) }
        if let escape = short[scalar], random.chance(1, in: 2) { return escape }
        return UTF16.encode(scalar)!.map { unit in
            let digits = String(unit, radix: 16, uppercase: random.chance(1, in: 2))
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    private static func blank(using random: inout SeededGenerator) -> [UInt8] {
        random.chance(3, in: 4) ? [] : (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick([0x20, 0x0A, 0x0D, 0x09]) }
    }
}
