extension TOMLScanner {
    mutating func skipValue() throws {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest {
            throw Failure(offset: index, problem: "the value is nested more than \(Self.deepest) deep")
        }
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try string(isKey: false)
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "{"): try inlineTable(path: [], parent: nil, isRecorded: false)
        default:
            // A number, a boolean or a date. A date may hold a space, so the value ends at what can follow one.
            let start = index
            var end = start
            while let byte = current, !"#,]}\n\r".utf8.contains(byte) {
                index += 1
                if !Self.isSpace(byte) { end = index }
            }
            index = end
            if end == start { throw unexpected("a value") }
            guard TOMLBareValue.isRight(bytes[start..<end]) else {
                throw invalid(start, "this value is no number, boolean or date, and a string needs quotes around it")
            }
        }
    }

    private mutating func array() throws {
        index += 1
        while true {
            try skipBlanks()
            if take(UInt8(ascii: "]")) { return }
            try skipValue()
            try skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "]"))
            return
        }
    }

    /// Reads an inline table. It is on one line, and has no comma after its last key.
    mutating func inlineTable(path: [String], parent: Int?, isRecorded: Bool) throws {
        index += 1
        skipSpaces()
        if take(UInt8(ascii: "}")) { return }
        repeat {
            skipSpaces()
            try entry(in: path, parent: parent, isRecorded: isRecorded)
            skipSpaces()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    // MARK: - Between the values

    mutating func skipSpaces() {
        while let byte = current, Self.isSpace(byte) { index += 1 }
    }

    /// Skips spaces, line breaks and comments, as they may stand in an array.
    private mutating func skipBlanks() throws {
        while let byte = current {
            if byte == UInt8(ascii: "#") {
                _ = try comment()
            } else if Self.isSpace(byte) {
                index += 1
            } else if !(try lineBreak()) {
                return
            }
        }
    }

    /// Takes a line break when one comes next.
    mutating func lineBreak() throws -> Bool {
        if take(0x0A) { return true }
        guard current == 0x0D else { return false }
        guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else {
            throw invalid(index, "a carriage return without a line feed")
        }
        index += 2
        return true
    }

    /// Takes a comment up to the line break, without the break.
    mutating func comment() throws -> Range<Int> {
        let start = index
        while let byte = current, byte != 0x0A, byte != 0x0D {
            try checkControl(byte)
            index += 1
        }
        return start..<index
    }

    mutating func endOfLine() throws {
        skipSpaces()
        if current == UInt8(ascii: "#") { _ = try comment() }
        if !isAtEnd, !(try lineBreak()) { throw unexpected("the end of the line") }
    }

    /// In comments and strings, TOML allows no control character but the tab.
    func checkControl(_ byte: UInt8) throws {
        if byte < 0x20 && byte != 0x09 || byte == 0x7F {
            throw invalid(index, "a control character stands bare in a comment or a string")
        }
    }

    /// Takes that byte when it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws {
        skipSpaces()
        guard take(byte) else { throw unexpected("'\(Unicode.Scalar(byte))'") }
    }

    func unexpected(_ wanted: String) -> Failure {
        let found =
            switch current {
            case nil: "the end of the file"
            case 0x0A, 0x0D: "the end of the line"
            default: String(String(decoding: bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1))
            }
        let isText = current != nil && current != 0x0A && current != 0x0D
        return invalid(index, "expected \(wanted), found \(isText ? quoted(found) : found)")
    }

    func invalid(_ offset: Int, _ problem: String) -> Failure {
        Failure(offset: offset, problem: "the text is not valid TOML: " + problem)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
