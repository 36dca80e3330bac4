/// Recognises JSON texts that differ from an earlier one in certain strings only, about as fast as bytes are compared.
///
/// The events of a stream repeat the same few hundred bytes around a changing word. When everything but that word is,
/// byte for byte, what was checked before, and the word is a good JSON string, then the text is good JSON with the same
/// members: nothing need be parsed again.
public struct JSONTemplate {
    private let bytes: [UInt8]
    /// The strings that may differ, without their quotes, in the order of the text.
    private let holes: [Range<Int>]

    /// A template made of a text that was read to its end without an error.
    /// - Parameters:
    ///   - text: the text.
    ///   - strings: strings that the reader gave of it; they may be others in a match.
    /// - Returns: nil when the strings do not stand in the order of the text.
    public init?(_ text: UnsafeRawBufferPointer, strings: [JSONString]) {
        bytes = Array(text)
        let base = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
        holes = strings.map { $0.start - base..<$0.start - base + $0.count }
        for (hole, next) in zip(holes, holes.dropFirst()) where next.lowerBound <= hole.upperBound { return nil }
    }

    /// Compares a text with the template.
    /// - Returns: the first of the strings that may differ, as it stands in this text; nil when the text differs
    ///   elsewhere, or is not good JSON.
    public func match(_ text: UnsafeRawBufferPointer) -> JSONString? {
        var reader = JSONReader(unsafeBytes: text)
        var first: JSONString?
        var position = 0
        let isMatch = bytes.withUnsafeBufferPointer { bytes in
            for hole in holes {
                guard reader.skip(bytes.baseAddress! + position, hole.lowerBound - position) else { return false }
                guard let string = reader.stringBehindQuote() else { return false }
                if first == nil { first = string }
                position = hole.upperBound + 1
            }
            return reader.skip(bytes.baseAddress! + position, bytes.count - position) && reader.isAtEnd
        }
        return isMatch ? first : nil
    }
}

extension JSONReader {
    /// The whole text.
    public var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: end - base) }

    fileprivate var isAtEnd: Bool { cursor == end }

    /// Steps over bytes that must be these.
    @inline(__always)
    fileprivate mutating func skip(_ expected: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard end - cursor >= count, sameBytes(cursor, expected, count) else { return false }
        cursor += count
        return true
    }

    /// Reads the string whose opening quote was stepped over.
    fileprivate mutating func stringBehindQuote() -> JSONString? {
        cursor -= 1
        do { return try scanString() } catch { return nil }
    }
}
