/// The header fields of a request or a response, in the order and spelling in which they stand on the wire.
///
/// Look-up ignores case. A dictionary literal may name a field more than once:
/// `["Set-Cookie": "a=1", "Set-Cookie": "b=2"]`.
public struct HeaderFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name, in the spelling of the wire.
        public var name: String

        /// The value, without the white space around it.
        public var value: String

        /// A field of that name and value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The fields in their order.
    public var fields: [Field]

    /// Those fields.
    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The fields of a literal such as `["Retry-After": "2"]`.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> String? {
        values(of: name).first
    }

    /// The values of all fields of that name.
    public func values(of name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// Whether a comma-separated field, such as `Connection`, holds `token`.
    func holds(_ token: String, in name: String) -> Bool {
        values(of: name).contains { value in
            value.split(separator: ",").contains { part in
                part.lowercased().filter { $0 != " " } == token
            }
        }
    }

    /// These fields, without those whose names occur in `others`, and then `others`.
    public func replacing(with others: HeaderFields) -> HeaderFields {
        let replaced = Set(others.fields.map { $0.name.lowercased() })
        return HeaderFields(fields.filter { !replaced.contains($0.name.lowercased()) } + others.fields)
    }
}

extension HeaderFields: CustomStringConvertible {
    /// One line a field.
    public var description: String {
        fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }
}
