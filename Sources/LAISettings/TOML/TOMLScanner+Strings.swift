extension TOMLScanner {
    /// Reads a key of one or more segments: their text, and where each lies.
    mutating func dottedKey() throws -> (path: [String], segments: [Range<Int>]) {
        var path: [String] = []
        var segments: [Range<Int>] = []
        repeat {
            skipSpaces()
            let start = index
            path.append(try keySegment())
            segments.append(start..<index)
            skipSpaces()
        } while take(UInt8(ascii: "."))
        return (path, segments)
    }

    private mutating func keySegment() throws -> String {
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return try quotedKey() }
        let start = index
        while let byte = current, Self.isBare(byte) { index += 1 }
        if index == start { throw unexpected("a key") }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Reads a segment in quotes.
    mutating func quotedKey() throws -> String {
        String(decoding: try string(isKey: true), as: UTF8.self)
    }

    /// Reads a segment as a person may type it: up to the next dot.
    mutating func looseKey() -> String {
        let start = index
        while let byte = current, byte != UInt8(ascii: ".") { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Reads a string of any of the four kinds, and gives what it means in UTF-8. Only for a key does that matter: the
    /// joined lines of a value are not joined here.
    mutating func string(isKey: Bool) throws -> [UInt8] {
        let start = index
        let quote = bytes[start]
        let isBasic = quote == UInt8(ascii: "\"")
        let isLong = !isKey && bytes[start...].starts(with: [quote, quote, quote])
        index += isLong ? 3 : 1
        var text: [UInt8] = []
        while let byte = current {
            if byte == quote, !isLong || bytes[index...].starts(with: [quote, quote, quote]) {
                index += isLong ? 3 : 1
                // One or two quotes may stand right before the three that end a long string.
                var spare = isLong ? 2 : 0
                while spare > 0, take(quote) { spare -= 1 }
                return text
            }
            if isLong, try lineBreak() {
                text.append(0x0A)
                continue
            }
            if byte == 0x0A || byte == 0x0D { break }
            try checkControl(byte)
            index += 1
            if isBasic, byte == UInt8(ascii: "\\") {
                text += try escape(from: index - 1, isLong: isLong)
            } else {
                text.append(byte)
            }
        }
        throw invalid(start, "the string has no end")
    }

    private mutating func escape(from start: Int, isLong: Bool) throws -> [UInt8] {
        let wrong = invalid(start, "the string has an escape that TOML does not know")
        guard let byte = current else { throw wrong }
        let digits: Int
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default:
            // In a long string, a backslash at the end of a line joins the next line to it.
            index -= 1
            skipSpaces()
            if isLong, try lineBreak() { return [] }
            throw wrong
        }
        let end = min(index + digits, bytes.count)
        let isHexadecimal = bytes[index..<end].allSatisfy { UInt8(ascii: "+") != $0 && UInt8(ascii: "-") != $0 }
        let code = UInt32(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16)
        guard end - index == digits, isHexadecimal, let scalar = code.flatMap(Unicode.Scalar.init) else { throw wrong }
        if scalar.value == 0 { throw Failure(offset: start, problem: "the text holds the character U+0000") }
        index = end
        return Array(String(scalar).utf8)
    }
}
