extension Dialect {
    func makeDecoder() -> any DialectDecoder {
        switch self {
        case .openAIChat: OpenAIChatDecoder()
        case .openAIResponses: OpenAIResponsesDecoder()
        case .anthropic: AnthropicDecoder()
        case .gemini: GeminiDecoder()
        case .ollama: OllamaDecoder()
        }
    }
}
