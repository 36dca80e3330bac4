/// Reads one JSON text (RFC 8259) from borrowed bytes, value by value, as its caller asks for them.
///
/// Everything is checked, also what is skipped: the grammar, strict UTF-8, escapes, numbers, the nesting. Nothing is
/// allocated but the strings that are asked for. The order of calls mirrors the text:
///
/// ```swift
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///     if key == "id" { id = try reader.optionalString() } else { try reader.skip() }
/// }
/// try reader.finish()
/// ```
///
/// Two rules differ from the letter of the grammar, in the open: a lone surrogate escape (`\ud83d` without its pair),
/// which the grammar allows and Unicode does not, becomes U+FFFD; nesting deeper than ``maxDepth`` is an error.
public struct JSONReader: ~Copyable {
    /// How deeply objects and arrays may be nested.
    public static let maxDepth = 512

    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let end: UnsafePointer<UInt8>
    @usableFromInline var cursor: UnsafePointer<UInt8>
    @usableFromInline var depth = 0
    /// Whether the container just entered has given nothing yet, so that no comma is due.
    @usableFromInline var isFirst = false

    /// - Parameter bytes: must stay valid and unchanged as long as the reader, and every ``JSONString`` it gives, is used.
    public init(unsafeBytes bytes: UnsafeRawBufferPointer) {
        // No bytes may come without an address; the reader then needs one that it never reads from.
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 8)!
        base = start
        cursor = start
        end = start + bytes.count
    }

    /// Reads a text: the reader is valid inside the closure only.
    @inlinable
    public static func read<Result, Failure: Error>(
        _ bytes: RawSpan, _ body: (inout JSONReader) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBytes { (buffer) throws(Failure) -> Result in
            var reader = JSONReader(unsafeBytes: buffer)
            return try body(&reader)
        }
    }

    /// Bytes from the start of the text to where the reader stands.
    public var offset: Int { cursor - base }

    @usableFromInline
    func error(_ kind: JSONError.Kind) -> JSONError { JSONError(kind, cursor - base) }

    func unexpected() -> JSONError { cursor < end ? error(.unexpectedByte(cursor.pointee)) : error(.unexpectedEnd) }

    /// Moves to the next byte that is no white space.
    @inlinable @inline(__always)
    mutating func skipWhitespace() {
        while cursor < end, cursor.pointee <= 0x20 {
            let byte = cursor.pointee
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            cursor += 1
        }
    }

    /// The type of the next value, which stays unread.
    @inlinable @inline(__always)
    public mutating func peek() throws(JSONError) -> JSONKind {
        skipWhitespace()
        guard cursor < end else { throw error(.unexpectedEnd) }
        switch cursor.pointee {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error(.unexpectedByte(cursor.pointee))
        }
    }

    /// Checks that nothing but white space follows the value.
    public mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard cursor == end else { throw error(.trailingBytes) }
    }
}

/// The type of a JSON value.
@frozen public enum JSONKind: Sendable, Hashable {
    case object, array, string, number, bool, null
}
