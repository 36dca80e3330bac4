/// A model as people write it: `provider/model`.
///
/// The first slash divides the two. Whatever follows it is the provider's own name for the model, further slashes
/// included: `openrouter/meta-llama/llama-3.1-8b-instruct` is the model `meta-llama/llama-3.1-8b-instruct`.
public struct ModelReference: Sendable, Hashable, CustomStringConvertible {
    /// The id of the provider (`anthropic`).
    public var provider: String
    /// The provider's own name for the model (`claude-sonnet-4-5`).
    public var model: String

    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }

    /// Reads `provider/model`; nil when a part is missing or holds what no name holds (spaces at an end, control
    /// characters).
    public init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        let provider = String(text[..<slash])
        let model = String(text[text.index(after: slash)...])
        guard NameRule.provider.allows(provider), ValueKind.text.allows(.text(model)) else { return nil }
        self.init(provider: provider, model: model)
    }

    public var description: String { provider + "/" + model }
}
