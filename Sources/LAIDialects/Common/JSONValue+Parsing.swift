public import LAICore
internal import LAIWire

extension JSONValue {
    /// Parses one JSON text.
    /// - Throws: ``LAIError`` with the code `invalidRequest` that says what is wrong and at which byte.
    public init(parsing text: String) throws(LAIError) {
        var text = text
        do {
            self = try text.withUTF8 { (buffer) throws(JSONError) -> JSONValue in
                try JSONValue(json: UnsafeRawBufferPointer(buffer))
            }
        } catch {
            throw LAIError(.invalidRequest, "This is not valid JSON: \(error).")
        }
    }

    /// Parses one JSON text in bytes.
    init(json bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: bytes)
        self = try reader.value()
        try reader.finish()
    }
}

extension JSONReader {
    /// Reads the next value as a whole.
    mutating func value() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .null:
            try skip()
            return .null
        case .bool: return .bool(try optionalBool() ?? false)
        case .number: return .number(try numberLiteral())
        case .string: return .string(try string().string)
        case .array:
            var elements: [JSONValue] = []
            try beginArray()
            while try nextElement() { elements.append(try value()) }
            return .array(elements)
        case .object:
            var object = JSONObject()
            try beginObject()
            while let key = try nextKey() {
                let name = key.string
                object.append(name, try value())
            }
            return .object(object)
        }
    }
}
