/// A tool of the client's, offered to the model.
public struct Tool: Sendable, Hashable {
    public var name: String
    public var description: String
    /// The arguments' JSON Schema.
    public var parameters: JSONValue
    /// Whether the provider shall hold the model to the schema, where it can.
    public var strict: Bool?

    public init(name: String, description: String, parameters: JSONValue, strict: Bool? = nil) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.strict = strict
    }
}

/// Whether the model may, must or must not call tools.
public enum ToolChoice: Sendable, Hashable {
    case auto, none, required
    /// It must call this one.
    case tool(String)
}

/// The model's wish to have a tool of the client's called.
public struct ToolCall: Sendable, Hashable {
    /// The id that the result must name. Made up by LAI (`lai_…`) where the provider gives none.
    public var id: String
    public var name: String
    /// The arguments as the model wrote them: JSON text, `{}` where there are none; cut short when the answer was.
    public var arguments: String
    /// A free-text tool: `arguments` is not JSON.
    public var isCustom: Bool
    /// What the provider wants back with this call.
    public var opaque: Opaque?

    public init(id: String, name: String, arguments: String, isCustom: Bool = false, opaque: Opaque? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.isCustom = isCustom
        self.opaque = opaque
    }
}

/// What a tool gave, in answer to a ``ToolCall``.
public struct ToolResult: Sendable, Hashable {
    public var callID: String
    /// The tool's name; some dialects want it beside or in place of the id.
    public var name: String
    public var content: String
    public var isError: Bool

    public init(callID: String, name: String, content: String, isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.content = content
        self.isError = isError
    }
}
