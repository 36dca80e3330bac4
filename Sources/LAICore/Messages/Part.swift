/// A piece of a message.
public enum Part: Sendable, Hashable {
    case text(TextPart)
    /// A picture, by its bytes or its address.
    case image(Media)
    /// A document, by its bytes or its address.
    case file(Media)
    case reasoning(ReasoningPart)
    /// The model's own words in place of an answer.
    case refusal(String)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
    /// A tool that the provider ran itself, or another block that is the provider's own.
    case serverTool(ServerToolPart)
    /// The text of a further choice, where a request asked for several.
    case alternative(choice: Int, text: String)

    public static func text(_ text: String) -> Part { .text(TextPart(text)) }
}

/// Visible text.
public struct TextPart: Sendable, Hashable {
    public var text: String
    public var citations: [Citation]
    /// What the provider wants back with this text.
    public var opaque: Opaque?

    public init(_ text: String, citations: [Citation] = [], opaque: Opaque? = nil) {
        self.text = text
        self.citations = citations
        self.opaque = opaque
    }
}

/// A model's reasoning: its text where the provider shows it, and what must be sent back unchanged.
public struct ReasoningPart: Sendable, Hashable {
    public var text: String
    public var opaque: Opaque?

    public init(_ text: String, opaque: Opaque? = nil) {
        self.text = text
        self.opaque = opaque
    }
}

/// A hosted tool's call or result, kept whole so that it can be sent back.
public struct ServerToolPart: Sendable, Hashable {
    /// The tool's name or type (`web_search`).
    public var name: String
    public var opaque: Opaque?

    public init(name: String, opaque: Opaque? = nil) {
        self.name = name
        self.opaque = opaque
    }
}

/// JSON that a provider attached to a part (signatures, encrypted reasoning, whole blocks) and expects back
/// unchanged. It means nothing to any other dialect and is sent to none.
public struct Opaque: Sendable, Hashable {
    /// The dialect that wrote it and alone may have it back.
    public var dialect: String
    /// The JSON text.
    public var json: String

    public init(dialect: String, json: String) {
        self.dialect = dialect
        self.json = json
    }
}
