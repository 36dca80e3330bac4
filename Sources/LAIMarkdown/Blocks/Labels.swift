/// Finds what may be a label of a link definition, or a reference to one.
enum Labels {
    /// The most bytes of a label, as the standard has it.
    static let limit = 999

    /// A pair of brackets without brackets in it, and whether a colon follows.
    struct Candidate {
        var range: Range<Int>
        var hasColon: Bool
    }

    /// Every pair of brackets of a text that could be a label.
    static func candidates(in text: [UInt8]) -> [Candidate] {
        guard text.contains(UInt8(ascii: "[")) else { return [] }
        var found: [Candidate] = []
        var start: Int?
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["): start = index + 1
            case UInt8(ascii: "]"):
                if let begin = start, index > begin, index - begin <= limit * 2 {
                    let hasColon = index + 1 < text.count && text[index + 1] == UInt8(ascii: ":")
                    found.append(Candidate(range: begin..<index, hasColon: hasColon))
                }
                start = nil
            default: break
            }
            index += 1
        }
        return found
    }

    /// A key that two labels share when the library takes them for one, and rarely else: without white space, quote
    /// marks, backslashes and case.
    static func key(_ label: some Sequence<UInt8>) -> [UInt8] {
        var key: [UInt8] = []
        var isASCII = true
        for byte in label {
            switch byte {
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, UInt8(ascii: ">"), UInt8(ascii: "\\"): break
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
            default:
                if byte >= 0x80 { isASCII = false }
                key.append(byte)
            }
        }
        if isASCII { return key }
        var folded: [UInt8] = []
        for scalar in String(decoding: key, as: UTF8.self).unicodeScalars {
            for upper in scalar.properties.lowercaseMapping.unicodeScalars.flatMap({ $0.properties.uppercaseMapping.unicodeScalars }) {
                folded += upper.properties.lowercaseMapping.utf8
            }
        }
        return folded
    }

    /// A label on one line, as its definition may be written again.
    static func oneLine(_ label: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var isAtStart = false
        for byte in label {
            if byte == 0x0A || byte == 0x0D {
                if !isAtStart { result.append(0x20) }
                isAtStart = true
            } else if isAtStart, byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ">") {
                continue
            } else {
                isAtStart = false
                result.append(byte)
            }
        }
        return result
    }
}
