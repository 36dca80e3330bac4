/// The wire formats that LAI speaks.
public enum Dialect: String, Sendable, Hashable, CaseIterable {
    case openAIChat = "openai-chat"
    case openAIResponses = "openai-responses"
    case anthropic
    case gemini
    case ollama
}
