extension Settings {
    /// The protocols that a provider may speak. The raw value is what the file says.
    public enum Dialect: String, Sendable, Hashable, CaseIterable {
        case openAIChat = "openai-chat"
        case openAIResponses = "openai-responses"
        case anthropic
        case gemini
        case ollama
    }
}
