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
