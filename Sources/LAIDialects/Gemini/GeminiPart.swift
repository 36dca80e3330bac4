internal import LAICore
internal import LAIWire

/// A part of a candidate's content. Its values lie in the payload's bytes.
struct GeminiPart {
    var text: JSONString?
    var isThought = false
    var signature: JSONString?
    var functionCall: UnsafeRawBufferPointer?
    var inlineData: UnsafeRawBufferPointer?
    /// The name of a part of another kind (`executableCode`), and the whole part.
    var otherName: String?
    var raw: UnsafeRawBufferPointer?

    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        while let key = try reader.nextKey() {
            if key == "text" {
                text = try reader.optionalRawString()
            } else if key == "thought" {
                isThought = try reader.optionalBool() ?? false
            } else if key == "thoughtSignature" {
                signature = try reader.optionalRawString()
            } else if key == "functionCall" {
                functionCall = try reader.rawValue()
            } else if key == "inlineData" {
                inlineData = try reader.rawValue()
            } else {
                let name = key.string
                let value = try reader.rawValue()
                if value.first == UInt8(ascii: "{") {
                    otherName = GeminiPart.toolName(name)
                    raw = value
                }
            }
        }
        return true
    }

    /// Code that Gemini ran is named as other providers name it.
    private static func toolName(_ part: String) -> String {
        switch part {
        case "executableCode": "code_execution"
        case "codeExecutionResult": "code_execution_result"
        default: part
        }
    }
}

/// A function call whose arguments arrive piecewise, each piece with the path of the value that it sets or lengthens.
struct GeminiPartialCall {
    let block: Int
    let id: String
    let name: String
    var arguments: JSONValue

    mutating func apply(_ piece: JSONValue) {
        guard let path = piece["jsonPath"]?.stringValue else { return }
        let value: JSONValue =
            piece["stringValue"] ?? piece["numberValue"] ?? piece["boolValue"] ?? .null
        GeminiPartialCall.set(value, at: GeminiPartialCall.steps(of: path)[...], in: &arguments)
    }

    /// `$.a[0].b` and `$['a'][0]` as the steps a, 0, b.
    private static func steps(of path: String) -> [String] {
        path.drop { $0 == "$" }.split { ".[]'\"".contains($0) }.map(String.init)
    }

    private static func set(_ value: JSONValue, at steps: ArraySlice<String>, in target: inout JSONValue) {
        guard let step = steps.first else {
            // A string comes in pieces: what follows is appended.
            if case .string(let old) = target, case .string(let new) = value {
                target = .string(old + new)
            } else {
                target = value
            }
            return
        }
        if let index = Int(step), index >= 0, index < 10_000 {
            var array = target.arrayValue ?? []
            while array.count <= index { array.append(.null) }
            set(value, at: steps.dropFirst(), in: &array[index])
            target = .array(array)
        } else {
            var object = target.objectValue ?? JSONObject()
            var member = object[step] ?? .null
            set(value, at: steps.dropFirst(), in: &member)
            object[step] = member
            target = .object(object)
        }
    }
}
