extension JSONReader {
    /// Reads a string, without copying it.
    /// - Throws: `wrongType` when the next value is none.
    public mutating func string() throws(JSONError) -> JSONString {
        skipWhitespace()
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
            _ = try peek()
            throw error(.wrongType)
        }
        return try scanString()
    }

    /// Reads a string as text; passes over a value of any other type, `null` first of all, and returns nil.
    public mutating func optionalString() throws(JSONError) -> String? {
        guard try peek() == .string else { try skip(); return nil }
        return try scanString().string
    }

    /// Reads a string without copying it; passes over a value of any other type and returns nil.
    public mutating func optionalRawString() throws(JSONError) -> JSONString? {
        guard try peek() == .string else { try skip(); return nil }
        return try scanString()
    }

    /// Scans the string that begins at the cursor, checking every byte, and leaves the cursor after its closing quote.
    mutating func scanString() throws(JSONError) -> JSONString {
        cursor += 1
        let start = cursor
        var hasEscapes = false
        var at = cursor
        while true {
            // Eight bytes at a time while none is a quote, a backslash, a control character or not ASCII.
            while end - at >= 8 {
                let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
                let special = JSONReader.specialBytes(word)
                if special != 0 {
                    at += special.trailingZeroBitCount >> 3
                    break
                }
                at += 8
            }
            guard at < end else { cursor = end; throw error(.unexpectedEnd) }
            let byte = at.pointee
            if byte == UInt8(ascii: "\"") {
                cursor = at + 1
                return JSONString(start: start, count: at - start, hasEscapes: hasEscapes)
            }
            cursor = at
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try checkEscape(&at)
            } else if byte < 0x20 {
                throw error(.controlCharacter)
            } else if byte >= 0x80 {
                try checkUTF8(&at)
            } else {
                at += 1
            }
        }
    }

    /// The high bit of each byte that ends the fast scan; exact for the lowest such byte, which is all that counts.
    @inline(__always)
    static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word) | word
        return UInt64(littleEndian: found) & (ones &* 0x80)
    }

    @inline(never)
    private mutating func checkEscape(_ at: inout UnsafePointer<UInt8>) throws(JSONError) {
        guard end - at >= 2 else { cursor = end; throw error(.unexpectedEnd) }
        switch at[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "n"), UInt8(ascii: "t"),
            UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
            at += 2
        case UInt8(ascii: "u"):
            guard end - at >= 6 else { cursor = end; throw error(.unexpectedEnd) }
            for index in 2..<6 {
                switch at[index] {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    continue
                default: throw error(.invalidEscape)
                }
            }
            at += 6
        default: throw error(.invalidEscape)
        }
    }

    /// Checks a run of characters beyond ASCII by the table of well-formed sequences (Unicode, table 3-7).
    @inline(never)
    private mutating func checkUTF8(_ at: inout UnsafePointer<UInt8>) throws(JSONError) {
        while at < end, at.pointee >= 0x80 {
            let lead = at.pointee
            let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            guard lead >= 0xC2, lead <= 0xF4 else { cursor = at; throw error(.invalidUTF8) }
            guard end - at >= length else { cursor = at; throw error(.invalidUTF8) }
            let second = at[1]
            let range: ClosedRange<UInt8> =
                switch lead {
                case 0xE0: 0xA0...0xBF
                case 0xED: 0x80...0x9F
                case 0xF0: 0x90...0xBF
                case 0xF4: 0x80...0x8F
                default: 0x80...0xBF
                }
            guard range.contains(second) else { cursor = at; throw error(.invalidUTF8) }
            for index in 2..<max(length, 2) where at[index] & 0xC0 != 0x80 {
                cursor = at
                throw error(.invalidUTF8)
            }
            at += length
        }
    }
}
