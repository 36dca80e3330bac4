extension JSONReader {
    /// Reads a number as an integer; passes over any other value, and over a number that is none, and returns nil.
    /// `1.0` and `1e3` are integers too.
    public mutating func optionalInt() throws(JSONError) -> Int? {
        guard try peek() == .number else { try skip(); return nil }
        let start = cursor
        let isPlain = try scanNumber()
        let digits = UnsafeBufferPointer(start: start, count: cursor - start)
        if isPlain { return Int(String(decoding: digits, as: UTF8.self)) }
        guard let value = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
        return Int(exactly: value)
    }

    /// Reads a number; passes over any other value, and over one that a double cannot hold, and returns nil.
    public mutating func optionalDouble() throws(JSONError) -> Double? {
        guard try peek() == .number else { try skip(); return nil }
        return Double(try numberLiteral()).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Reads `true` or `false`; passes over any other value and returns nil.
    public mutating func optionalBool() throws(JSONError) -> Bool? {
        guard try peek() == .bool else { try skip(); return nil }
        let isTrue = cursor.pointee == UInt8(ascii: "t")
        try scanLiteral()
        return isTrue
    }

    /// Reads a number as it is written.
    public mutating func numberLiteral() throws(JSONError) -> String {
        guard try peek() == .number else { throw error(.wrongType) }
        let start = cursor
        _ = try scanNumber()
        return String(decoding: UnsafeBufferPointer(start: start, count: cursor - start), as: UTF8.self)
    }

    /// Passes over the next value when it is `null`.
    /// - Returns: whether it was.
    public mutating func skipNull() throws(JSONError) -> Bool {
        guard try peek() == .null else { return false }
        try scanLiteral()
        return true
    }

    /// Reads `true`, `false` or `null` at the cursor.
    mutating func scanLiteral() throws(JSONError) {
        let literal: StaticString =
            switch cursor.pointee {
            case UInt8(ascii: "t"): "true"
            case UInt8(ascii: "f"): "false"
            default: "null"
            }
        let count = literal.utf8CodeUnitCount
        guard end - cursor >= count else { throw error(.invalidLiteral) }
        guard sameBytes(cursor, literal.utf8Start, count) else { throw error(.invalidLiteral) }
        cursor += count
    }

    /// Reads the number at the cursor.
    /// - Returns: whether it has neither a fraction nor an exponent.
    mutating func scanNumber() throws(JSONError) -> Bool {
        var at = cursor
        if at.pointee == UInt8(ascii: "-") { at += 1 }
        guard at < end else { throw error(.invalidNumber) }
        if at.pointee == UInt8(ascii: "0") {
            at += 1
        } else {
            guard skipDigits(&at) else { throw error(.invalidNumber) }
        }
        var isPlain = true
        if at < end, at.pointee == UInt8(ascii: ".") {
            isPlain = false
            at += 1
            guard skipDigits(&at) else { throw error(.invalidNumber) }
        }
        if at < end, at.pointee | 0x20 == UInt8(ascii: "e") {
            isPlain = false
            at += 1
            if at < end, at.pointee == UInt8(ascii: "+") || at.pointee == UInt8(ascii: "-") { at += 1 }
            guard skipDigits(&at) else { throw error(.invalidNumber) }
        }
        // "01" and "1x" are no numbers; what may follow one is checked where the container goes on.
        if at < end, at.pointee &- UInt8(ascii: "0") < 10 { throw error(.invalidNumber) }
        cursor = at
        return isPlain
    }

    @inline(__always)
    private func skipDigits(_ at: inout UnsafePointer<UInt8>) -> Bool {
        let start = at
        while at < end, at.pointee &- UInt8(ascii: "0") < 10 { at += 1 }
        return at > start
    }
}
