extension JSONReader {
    /// Passes over the next value, checking it all the same.
    public mutating func skip() throws(JSONError) {
        switch try peek() {
        case .string: _ = try scanString()
        case .number: _ = try scanNumber()
        case .bool, .null: try scanLiteral()
        case .object:
            try beginObject()
            while try nextKey() != nil { try skip() }
        case .array:
            try beginArray()
            while try nextElement() { try skip() }
        }
    }

    /// Passes over the next value.
    /// - Returns: its bytes, as they stand in the text; valid as long as the text is.
    public mutating func rawValue() throws(JSONError) -> UnsafeRawBufferPointer {
        skipWhitespace()
        let start = cursor
        try skip()
        return UnsafeRawBufferPointer(start: start, count: cursor - start)
    }

    /// Passes over the next value.
    /// - Returns: its JSON text.
    public mutating func rawText() throws(JSONError) -> String { String(decoding: try rawValue(), as: UTF8.self) }

    /// Checks that the bytes are one JSON text.
    public static func validate(_ bytes: RawSpan) throws(JSONError) {
        try read(bytes) { (reader) throws(JSONError) in
            try reader.skip()
            try reader.finish()
        }
    }
}

extension JSONReader {
    /// A place in the text, to take bytes from later.
    public struct Position {
        let cursor: UnsafePointer<UInt8>
    }

    /// Where the next value begins.
    public var position: Position {
        mutating get {
            skipWhitespace()
            return Position(cursor: cursor)
        }
    }

    /// The bytes from a position to where the reader stands; valid as long as the text is.
    public func bytes(since position: Position) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: position.cursor, count: cursor - position.cursor)
    }
}
