import LAICore
import LAIDialects
import Testing

/// The body that a builder writes, as JSON text.
func body(_ builder: any RequestBuilder, _ request: ChatRequest) throws -> String {
    try #require(try builder.chat(request).body).text
}

/// One member of the body that a builder writes, as JSON text; nil where it is absent.
func member(_ key: String, _ builder: any RequestBuilder, _ request: ChatRequest) throws -> String? {
    try builder.chat(request).body?[key]?.text
}

/// The sentences of what was left out.
func warnings(_ builder: any RequestBuilder, _ request: ChatRequest) throws -> [String] {
    let warnings = try builder.chat(request).warnings
    #expect(warnings.allSatisfy { $0.code == .ignoredOption && $0.message.hasSuffix(".") })
    return warnings.map(\.message)
}

/// The error with which a builder refuses a request.
func refusal(_ builder: any RequestBuilder, _ request: ChatRequest) throws -> LAIError {
    try #require(throws: LAIError.self) { try builder.chat(request) }
}

extension ChatRequest {
    /// A request with changes.
    func with(_ change: (inout ChatRequest) -> Void) -> ChatRequest {
        var copy = self
        change(&copy)
        return copy
    }

    static func of(_ model: String, _ messages: Message...) -> ChatRequest {
        ChatRequest(model: model, messages: messages)
    }
}

let weather = Tool(
    name: "weather", description: "Tells the weather",
    parameters: ["type": "object", "properties": ["city": ["type": "string"]], "required": ["city"]])
let clock = Tool(name: "clock", description: "", parameters: [:])

let weatherCall = ToolCall(id: "call_1", name: "weather", arguments: #"{"city":"Rome"}"#)
let weatherResult = ToolResult(callID: "call_1", name: "weather", content: "sunny")

let png = Media(mediaType: "image/png", source: .base64("iVBORw0K"))
let pdf = Media(mediaType: "application/pdf", name: "a.pdf", source: .base64("JVBERi0="))
let notes = Media(mediaType: "text/plain", name: "notes.txt", source: .base64("SGVsbG8="))
let webPNG = Media(mediaType: "image/png", source: .url("https://example.com/a.png"))
let webPDF = Media(mediaType: "application/pdf", name: "b.pdf", source: .url("https://example.com/b.pdf"))

let colour: JSONValue = [
    "type": "object", "properties": ["colour": ["type": "string"]], "required": ["colour"],
    "additionalProperties": false,
]

/// All builders, for what they have in common.
let builders: [any RequestBuilder] = Dialect.allCases.map { $0.makeRequestBuilder() }

/// An assistant's turn with data of its own for every dialect, none of which may reach another.
func assistantOfAllDialects() -> Message {
    func opaque(_ dialect: Dialect, _ json: String) -> Opaque { Opaque(dialect: dialect.rawValue, json: json) }
    return Message(
        role: .assistant,
        parts: [
            .reasoning(
                ReasoningPart("a-thought", opaque: opaque(.anthropic, #"{"type":"thinking","signature":"a-sig"}"#))),
            .reasoning(ReasoningPart("g-thought", opaque: opaque(.gemini, #"{"thoughtSignature":"g-sig"}"#))),
            .reasoning(
                ReasoningPart(
                    "r-thought",
                    opaque: opaque(.openAIResponses, #"{"type":"reasoning","id":"rs_1","encrypted_content":"r-sig"}"#))),
            .reasoning(
                ReasoningPart(
                    "c-thought", opaque: opaque(.openAIChat, #"{"reasoning_details":[{"signature":"c-sig"}]}"#))),
            .serverTool(
                ServerToolPart(name: "search", opaque: opaque(.anthropic, #"{"type":"server_tool_use","id":"a-srv"}"#))),
            .serverTool(
                ServerToolPart(name: "search", opaque: opaque(.gemini, #"{"executableCode":{"code":"g-srv"}}"#))),
            .serverTool(
                ServerToolPart(
                    name: "search", opaque: opaque(.openAIResponses, #"{"type":"web_search_call","id":"r-srv"}"#))),
            .alternative(choice: 1, text: "other choice"),
            .text("said"),
        ])
}
