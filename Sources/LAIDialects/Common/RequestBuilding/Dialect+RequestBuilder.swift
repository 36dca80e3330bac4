extension Dialect {
    /// A builder that writes this dialect.
    /// - Parameter quirks: what a server of the OpenAI chat dialect does in its own way; the other dialects have none.
    public func makeRequestBuilder(quirks: ChatQuirks = ChatQuirks()) -> any RequestBuilder {
        switch self {
        case .openAIChat: OpenAIChatRequestBuilder(quirks: quirks)
        case .openAIResponses: OpenAIResponsesRequestBuilder()
        case .anthropic: AnthropicRequestBuilder()
        case .gemini: GeminiRequestBuilder()
        case .ollama: OllamaRequestBuilder()
        }
    }
}
