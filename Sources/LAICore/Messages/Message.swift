/// One turn of a conversation: who speaks, and what was said, in parts.
public struct Message: Sendable, Hashable {
    public var role: Role
    public var parts: [Part]

    public init(role: Role, parts: [Part]) {
        self.role = role
        self.parts = parts
    }

    /// Who speaks. System text is a field of ``ChatRequest``; here it stands for one that comes in mid-conversation.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case system, user, assistant
    }
}

extension Message {
    public static func system(_ text: String) -> Message { Message(role: .system, parts: [.text(text)]) }
    public static func user(_ text: String) -> Message { Message(role: .user, parts: [.text(text)]) }
    public static func user(_ parts: Part...) -> Message { Message(role: .user, parts: parts) }
    public static func assistant(_ text: String) -> Message { Message(role: .assistant, parts: [.text(text)]) }
    /// The results of tool calls, to follow the assistant's message that asked for them.
    public static func toolResults(_ results: ToolResult...) -> Message {
        Message(role: .user, parts: results.map { .toolResult($0) })
    }

    /// The visible text: all text parts, without a separator.
    public var text: String {
        var text = ""
        for case .text(let part) in parts { text += part.text }
        return text
    }

    /// The model's reasoning as far as it was shown, or nil where there was none.
    public var reasoning: String? {
        var text: String?
        for case .reasoning(let part) in parts where !part.text.isEmpty { text = (text ?? "") + part.text }
        return text
    }

    /// What the model said in place of an answer, or nil.
    public var refusal: String? {
        var text: String?
        for case .refusal(let part) in parts { text = (text ?? "") + part }
        return text
    }

    /// The calls of the client's tools, in order.
    public var toolCalls: [ToolCall] {
        parts.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
    }

    /// Where the answer's statements come from, in order.
    public var citations: [Citation] {
        parts.flatMap { part -> [Citation] in
            guard case .text(let text) = part else { return [] }
            return text.citations
        }
    }
}
