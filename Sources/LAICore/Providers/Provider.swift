/// A source of answers: a remote API, a server on this machine, or a script.
public protocol Provider: Sendable {
    /// The name under which it is configured: `anthropic`, `groq`.
    var id: String { get }

    /// Whether what is asked stays on this machine.
    var isOnThisMachine: Bool { get }

    /// Whether the model goes on with an answer that ends the request's messages, as if it had begun it itself. Where it
    /// does not, it is told to in a message behind it.
    func continuesAnswers(of request: ChatRequest) -> Bool

    /// Asks for an answer. Nothing is sent before the stream is first read; leaving the loop that reads it closes the
    /// connection. Failures are not thrown here: they are the stream's end.
    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream

    /// The models on offer.
    /// - Throws: ``LAIError``; `CancellationError` when the task is cancelled.
    func models() async throws -> [ModelInfo]

    /// The tokens that the request's prompt has, or nil where the provider has no call for that.
    /// - Throws: ``LAIError``; `CancellationError` when the task is cancelled.
    func countTokens(_ request: ChatRequest) async throws -> Int?
}

extension Provider {
    public var isOnThisMachine: Bool { false }
    public func continuesAnswers(of request: ChatRequest) -> Bool { false }
    public func stream(_ request: ChatRequest) -> ChatStream { stream(request, options: CallOptions()) }
    public func countTokens(_ request: ChatRequest) async throws -> Int? { nil }
}

/// A model that a provider offers. What the provider does not tell is nil.
public struct ModelInfo: Sendable, Hashable {
    public enum Ability: String, Sendable, Hashable, CaseIterable {
        case chat, tools, vision, reasoning, structuredOutput = "structured_output", embedding, audio
        case imageGeneration = "image_generation"
    }

    public var id: String
    public var displayName: String?
    /// The context window, in tokens.
    public var contextLength: Int?
    public var maxOutputTokens: Int?
    /// What the model can do; nil where the provider says nothing about it.
    public var abilities: Set<Ability>?

    public init(
        id: String, displayName: String? = nil, contextLength: Int? = nil, maxOutputTokens: Int? = nil,
        abilities: Set<Ability>? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.contextLength = contextLength
        self.maxOutputTokens = maxOutputTokens
        self.abilities = abilities
    }
}
