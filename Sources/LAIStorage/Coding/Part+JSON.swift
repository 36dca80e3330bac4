public import LAICore
internal import LAIDialects

// A message's parts as JSON: the form in which they are stored, and exported. Members are added, never changed; an
// unknown type is an error, for dropping what a newer LAI wrote would lose it.

extension Part {
    /// The part as an object with its `type`.
    public var json: JSONValue {
        switch self {
        case .text(let text):
            var object = JSONObject([.init(key: "type", value: "text"), .init(key: "text", value: .string(text.text))])
            if !text.citations.isEmpty { object.append("citations", .array(text.citations.map(\.json))) }
            object.append(text.opaque)
            return .object(object)
        case .image(let media): return media.json(type: "image")
        case .file(let media): return media.json(type: "file")
        case .reasoning(let reasoning):
            var object = JSONObject([.init(key: "type", value: "reasoning"), .init(key: "text", value: .string(reasoning.text))])
            object.append(reasoning.opaque)
            return .object(object)
        case .refusal(let text): return ["type": "refusal", "text": .string(text)]
        case .toolCall(let call): return call.json
        case .toolResult(let result):
            return [
                "type": "tool_result", "call_id": .string(result.callID), "name": .string(result.name),
                "content": .string(result.content), "is_error": .bool(result.isError),
            ]
        case .serverTool(let tool):
            var object = JSONObject([.init(key: "type", value: "server_tool"), .init(key: "name", value: .string(tool.name))])
            object.append(tool.opaque)
            return .object(object)
        case .alternative(let choice, let text): return ["type": "alternative", "choice": .int(choice), "text": .string(text)]
        }
    }

    /// - Throws: ``LAIError`` with the code `file` for what is no part.
    public init(json: JSONValue) throws(LAIError) {
        switch json["type"]?.stringValue {
        case "text":
            self = .text(
                TextPart(
                    try json.text("text"), citations: (json["citations"]?.arrayValue ?? []).map(Citation.init(json:)),
                    opaque: Opaque(json: json["opaque"])))
        case "image": self = .image(try Media(json: json))
        case "file": self = .file(try Media(json: json))
        case "reasoning": self = .reasoning(ReasoningPart(try json.text("text"), opaque: Opaque(json: json["opaque"])))
        case "refusal": self = .refusal(try json.text("text"))
        case "tool_call": self = .toolCall(try ToolCall(json: json))
        case "tool_result":
            self = .toolResult(
                ToolResult(
                    callID: try json.text("call_id"), name: try json.text("name"), content: try json.text("content"),
                    isError: json["is_error"]?.boolValue ?? false))
        case "server_tool": self = .serverTool(ServerToolPart(name: try json.text("name"), opaque: Opaque(json: json["opaque"])))
        case "alternative": self = .alternative(choice: json["choice"]?.intValue ?? 1, text: try json.text("text"))
        case let type: throw LAIError(.file, "The store holds a part of a kind unknown to this version of LAI: \(type ?? "none").")
        }
    }

    /// Reads what ``bytes(of:)`` wrote.
    static func list(_ bytes: some Sequence<UInt8>) throws(LAIError) -> [Part] {
        let json: JSONValue
        do { json = try JSONValue(parsing: String(decoding: Array(bytes), as: UTF8.self)) } catch {
            throw LAIError(.file, "The store holds a message that cannot be read: \(error.message)", cause: error)
        }
        var parts: [Part] = []
        for element in json.arrayValue ?? [] { parts.append(try Part(json: element)) }
        return parts
    }

    static func bytes(of parts: [Part]) -> [UInt8] { JSONValue.array(parts.map(\.json)).utf8 }
}

extension JSONObject {
    mutating func append(_ opaque: Opaque?) {
        guard let opaque else { return }
        append("opaque", ["dialect": .string(opaque.dialect), "json": .string(opaque.json)])
    }
}

extension JSONValue {
    /// A member that must be text.
    func text(_ key: String) throws(LAIError) -> String {
        guard let text = self[key]?.stringValue else {
            throw LAIError(.file, "The store holds a message without “\(key)”, where it must be.")
        }
        return text
    }
}

extension Opaque {
    init?(json: JSONValue?) {
        guard let dialect = json?["dialect"]?.stringValue, let text = json?["json"]?.stringValue else { return nil }
        self.init(dialect: dialect, json: text)
    }
}
