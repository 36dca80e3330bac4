/// Any JSON value, with the order of an object's members and the digits of a number kept as they were written.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number's literal as JSON writes it, so that nothing is lost to a binary type.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    public static func int(_ value: Int) -> JSONValue { .number(String(value)) }

    /// A finite double; JSON has no other, so anything else becomes `null`.
    public static func double(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .null }
        return .number(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)")
    }

    /// A text, or `null`.
    public static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    /// A number, or `null`.
    public static func optional(_ number: Int?) -> JSONValue { number.map { .int($0) } ?? .null }
    /// True, false, or `null`.
    public static func optional(_ flag: Bool?) -> JSONValue { flag.map { .bool($0) } ?? .null }
    /// A number, or `null`.
    public static func optional(_ number: Double?) -> JSONValue { number.map { .double($0) } ?? .null }

    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var intValue: Int? { if case .number(let literal) = self { Int(literal) } else { nil } }
    public var doubleValue: Double? { if case .number(let literal) = self { Double(literal) } else { nil } }
    public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    public var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }
    public var isNull: Bool { self == .null }

    /// The member of an object; nil for an absent member and for what is no object.
    public subscript(key: String) -> JSONValue? { objectValue?[key] }
    /// The element of an array; nil when out of bounds and for what is no array.
    public subscript(index: Int) -> JSONValue? {
        guard let array = arrayValue, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByFloatLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
}
