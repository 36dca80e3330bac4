import LAIWire

/// A JSON value with strings as bytes, so that no two of them are equal that are not the same.
indirect enum Node: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string([UInt8])
    case array([Node])
    case object([Member])

    struct Member: Equatable, Sendable {
        var key: [UInt8]
        var value: Node

        static func member(_ key: String, _ value: Node) -> Member { Member(key: Array(key.utf8), value: value) }
    }

    static func text(_ text: String) -> Node { .string(Array(text.utf8)) }

    /// Reads one text by the reader's public calls.
    init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try JSONReader.read(bytes.span.bytes) { (reader) throws(JSONError) in
            let node = try reader.node()
            try reader.finish()
            return node
        }
    }
}

extension JSONReader {
    /// Reads the next value as a whole.
    mutating func node() throws(JSONError) -> Node {
        switch try peek() {
        case .null:
            guard try skipNull() else { throw JSONReader.disagreement }
            return .null
        case .bool:
            guard let value = try optionalBool() else { throw JSONReader.disagreement }
            return .bool(value)
        case .number: return .number(try numberLiteral())
        case .string: return .string(Array(try string().string.utf8))
        case .array:
            var elements: [Node] = []
            try beginArray()
            while try nextElement() { elements.append(try node()) }
            return .array(elements)
        case .object:
            var members: [Node.Member] = []
            try beginObject()
            while let key = try nextKey() {
                let name = Array(key.string.utf8)
                members.append(Node.Member(key: name, value: try node()))
            }
            return .object(members)
        }
    }

    /// A type was promised by `peek` and then not read; a mistake that no valid text may cause.
    private static var disagreement: JSONError {
        var error = JSONError.none
        error.kind = .wrongType
        return error
    }
}

extension JSONError {
    /// Any error, to change.
    fileprivate static var none: JSONError {
        do { try JSONReader.validate(RawSpan()) } catch { return error }
        fatalError("an empty text is no JSON")
    }
}
