/// Recognises the values that TOML writes without quotes or brackets: numbers, booleans, dates and times.
///
/// The parser stops the program on some texts that are none of them (`1 ,`), so it may only see those that are.
struct TOMLBareValue {
    private var rest: ArraySlice<UInt8>

    static func isRight(_ bytes: ArraySlice<UInt8>) -> Bool {
        ["true", "false"].contains { bytes.elementsEqual($0.utf8) } || isNumber(bytes) || isDate(bytes)
    }

    private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        var value = TOMLBareValue(rest: bytes)
        for (prefix, digits) in [("0x", "0123456789abcdefABCDEF"), ("0o", "01234567"), ("0b", "01")]
        where value.take(prefix) { return value.takeDigits(digits) && value.rest.isEmpty }
        _ = value.take("+") || value.take("-")
        if value.take("inf") || value.take("nan") { return value.rest.isEmpty }
        // No number begins with a zero that is not all of its whole part.
        if value.take("0") {
            if let next = value.rest.first, !".eE".utf8.contains(next) { return false }
        } else if !value.takeDigits() {
            return false
        }
        if value.take("."), !value.takeDigits() { return false }
        if value.take("e") || value.take("E") {
            _ = value.take("+") || value.take("-")
            if !value.takeDigits() { return false }
        }
        return value.rest.isEmpty
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        var value = TOMLBareValue(rest: bytes)
        if value.takeShape("dddd-dd-dd") {
            if value.rest.isEmpty { return true }
            guard value.take("T") || value.take("t") || value.take(" "), value.takeTime() else { return false }
            if value.take("Z") || value.take("z") { return value.rest.isEmpty }
            if value.take("+") || value.take("-"), !value.takeShape("dd:dd") { return false }
            return value.rest.isEmpty
        }
        return value.takeTime() && value.rest.isEmpty
    }

    private mutating func takeTime() -> Bool {
        guard takeShape("dd:dd:dd") else { return false }
        guard take(".") else { return true }
        let fraction = rest.prefix { TOMLScanner.isDigit($0) }
        rest = rest.dropFirst(fraction.count)
        return !fraction.isEmpty
    }

    /// Takes digits, with single underscores between them.
    private mutating func takeDigits(_ allowed: String = "0123456789") -> Bool {
        var isAfterDigit = false
        while let byte = rest.first, allowed.utf8.contains(byte) || (byte == UInt8(ascii: "_") && isAfterDigit) {
            isAfterDigit = byte != UInt8(ascii: "_")
            rest.removeFirst()
        }
        return isAfterDigit
    }

    /// Takes a text of that shape, in which `d` is any digit.
    private mutating func takeShape(_ shape: String) -> Bool {
        let isMatch =
            rest.count >= shape.utf8.count
            && zip(rest, shape.utf8).allSatisfy { $1 == UInt8(ascii: "d") ? TOMLScanner.isDigit($0) : $0 == $1 }
        if isMatch { rest = rest.dropFirst(shape.utf8.count) }
        return isMatch
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
