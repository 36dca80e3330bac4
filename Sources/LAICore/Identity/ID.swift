/// An identifier that no two things share and that sorts by the time of its making: a UUID of version 7 (RFC 9562).
///
/// The parameter says what is identified: the id of a conversation is none of a message.
public struct ID<Subject>: Hashable, Sendable, Comparable {
    /// The first eight bytes: 48 bits of Unix milliseconds, the version, and a counter.
    public let high: UInt64
    /// The last eight bytes: the variant and 62 random bits.
    public let low: UInt64

    /// A new one, greater than all that this process made before.
    public init() {
        let stamp = IDStamp.next()
        high = stamp.milliseconds << 16 | 0x7000 | stamp.counter
        low = UInt64.random(in: 0...UInt64.max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The time of its making, in milliseconds since 1970.
    public var milliseconds: Int { Int(high >> 16) }

    public static func < (a: ID, b: ID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension ID: LosslessStringConvertible {
    /// Thirty-two hexadecimal digits in the usual groups.
    public var description: String {
        let digits = ID.hex(high) + ID.hex(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The id that a text stands for, with or without hyphens; nil for anything else.
    public init?(_ text: String) {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 32, digits.allSatisfy(\.isHexDigit), let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// The sixteen bytes, in the order of the text.
    public var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }

    /// The id of sixteen bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var words: [UInt64] = [0, 0]
        for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
        self.init(high: words[0], low: words[1])
    }
}
