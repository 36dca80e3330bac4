/// A string in a JSON text: its bytes between the quotes, checked, not yet unescaped. Valid as long as the text is.
@frozen
public struct JSONString {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    @usableFromInline let hasEscapes: Bool

    @inlinable
    init(start: UnsafePointer<UInt8>, count: Int, hasEscapes: Bool) {
        self.start = start
        self.count = count
        self.hasEscapes = hasEscapes
    }

    @inlinable public var isEmpty: Bool { count == 0 }

    /// Whether the string is `literal`, which must be ASCII without quotes and backslashes. Escapes count as what
    /// they stand for.
    @inlinable @inline(__always)
    public static func == (string: JSONString, literal: StaticString) -> Bool {
        // Byte by byte: to String, characters that only look the same are equal.
        if string.hasEscapes { return string.string.utf8.elementsEqual(literal.description.utf8) }
        return string.count == literal.utf8CodeUnitCount && equal(string.start, literal)
    }

    /// Whether the string begins with `literal`, which must be ASCII. False for a string with escapes.
    @inlinable @inline(__always)
    public func hasPrefix(_ literal: StaticString) -> Bool {
        !hasEscapes && count >= literal.utf8CodeUnitCount && equal(start, literal)
    }

    /// The text.
    public var string: String {
        if !hasEscapes { return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
        // Unescaped text is never longer than its escaped form.
        return String(unsafeUninitializedCapacity: count) { buffer in
            JSONString.unescape(start, count) { bytes, index in
                buffer[index] = bytes
            }
        }
    }

    func appendUTF8(to bytes: inout [UInt8]) {
        if !hasEscapes { return bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count)) }
        bytes.append(contentsOf: string.utf8)
    }

    /// Writes the unescaped bytes; the text was checked by the scan before.
    /// - Returns: how many there are.
    @inline(__always)
    private static func unescape(
        _ start: UnsafePointer<UInt8>, _ count: Int, _ write: (UInt8, Int) -> Void
    ) -> Int {
        var input = 0
        var output = 0
        while input < count {
            let byte = start[input]
            if byte != UInt8(ascii: "\\") {
                write(byte, output)
                output += 1
                input += 1
                continue
            }
            let escape = start[input + 1]
            input += 2
            guard escape == UInt8(ascii: "u") else {
                write(JSONString.meaning(of: escape), output)
                output += 1
                continue
            }
            var scalar = hex(start + input)
            input += 4
            if scalar & 0xFC00 == 0xD800 {
                // A pair of surrogates stands for one scalar; half a pair for none.
                if input + 6 <= count, start[input] == UInt8(ascii: "\\"), start[input + 1] == UInt8(ascii: "u"),
                    case let low = hex(start + input + 2), low & 0xFC00 == 0xDC00
                {
                    scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF)
                    input += 6
                } else {
                    scalar = 0xFFFD
                }
            } else if scalar & 0xFC00 == 0xDC00 {
                scalar = 0xFFFD
            }
            if scalar < 0x80 {
                write(UInt8(truncatingIfNeeded: scalar), output)
                output += 1
            } else if scalar < 0x800 {
                write(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6), output)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F), output + 1)
                output += 2
            } else if scalar < 0x10000 {
                write(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12), output)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F), output + 1)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F), output + 2)
                output += 3
            } else {
                write(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18), output)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F), output + 1)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F), output + 2)
                write(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F), output + 3)
                output += 4
            }
        }
        return output
    }

    @inline(__always)
    private static func meaning(of escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: escape  // the quote, the backslash and the slash stand for themselves
        }
    }

    private static func hex(_ digits: UnsafePointer<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<4 {
            let byte = UInt32(digits[index])
            value = value << 4 | (byte & 15) + (byte >> 6) * 9
        }
        return value
    }
}
