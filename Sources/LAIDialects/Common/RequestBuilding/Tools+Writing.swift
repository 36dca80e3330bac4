import LAICore

extension Tool {
    /// The schema of the arguments as every wire wants it: an object that says that it is one.
    var schema: JSONValue {
        guard let object = parameters.objectValue, !object.isEmpty else {
            return ["type": "object", "properties": [:]]
        }
        if object["type"] != nil { return parameters }
        return .object(JSONObject([JSONObject.Member(key: "type", value: "object")] + object.members))
    }
}

extension ToolCall {
    /// The arguments as a JSON object, for wires that have no text there. A free-text call becomes `{"input":…}`; one
    /// that was cut short, and is no JSON therefore, `{}`.
    var argumentsObject: JSONValue {
        if isCustom { return ["input": .string(arguments)] }
        do {
            let value = try JSONValue(parsing: arguments)
            return value.objectValue == nil ? [:] : value
        } catch {
            return [:]
        }
    }

    /// The arguments as JSON text: as the model wrote them, where that is an object.
    var argumentsText: String {
        let object = argumentsObject
        return isCustom || object == [:] ? object.text : arguments
    }

    /// Whether LAI made up the id, because the provider gave none: such an id means nothing to a provider.
    var hasMadeUpID: Bool { id.hasPrefix("lai_") }
}

/// What a provider allows as the id of a tool call. Ids come from other providers too when a conversation moves.
public enum ToolCallIDRule: Sendable, Hashable {
    /// Any text.
    case any
    /// Letters, digits, `_` and `-`, at most so many.
    case word(maxLength: Int)
    /// Exactly so many letters and digits.
    case alphanumeric(length: Int)

    /// The id where it fits, or else one made from it: always the same for the same id.
    func fit(_ id: String) -> String {
        let bytes = id.utf8
        switch self {
        case .any: return id
        case .word(let maxLength):
            let fits =
                !id.isEmpty && bytes.count <= maxLength
                && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
            return fits ? id : "call_" + ToolCallIDRule.digest(id, length: 16)
        case .alphanumeric(let length):
            let fits = bytes.count == length && bytes.allSatisfy { $0.isAlphanumeric }
            return fits ? id : ToolCallIDRule.digest(id, length: length)
        }
    }

    /// Letters and digits from a 64-bit FNV-1a hash, drawn on until they are enough.
    private static func digest(_ id: String, length: Int) -> String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        for byte in id.utf8 { mix(byte) }
        var result: [UInt8] = []
        while result.count < length {
            result.append(digits[Int((hash >> 32) % 36)])
            mix(UInt8(result.count & 0xFF))
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
