/// A well-known server: where it is, which dialect it speaks, and where its key usually is.
public struct ServerPreset: Sendable, Hashable, Identifiable {
    /// The name in front of a model's: `groq` in `groq/llama-4`.
    public var id: String
    /// The name for people.
    public var displayName: String
    /// What it speaks.
    public var dialect: Dialect
    /// What every path of the dialect is appended to.
    public var baseURL: String
    /// The environment's variables that may hold the key, the first one before the others.
    public var apiKeyEnvironment: [String]
    /// Whether nothing can be asked without a key.
    public var needsKey: Bool
    /// Whether it runs on this machine by default, so that nothing leaves it.
    public var isLocal: Bool
    /// What it does in its own way, where it speaks OpenAI's chat dialect.
    public var quirks: ChatQuirks

    /// A server with a key of its own on the network, unless something else is said.
    public init(
        id: String, displayName: String, dialect: Dialect, baseURL: String, apiKeyEnvironment: [String] = [],
        needsKey: Bool = true, isLocal: Bool = false, quirks: ChatQuirks = ChatQuirks()
    ) {
        self.id = id
        self.displayName = displayName
        self.dialect = dialect
        self.baseURL = baseURL
        self.apiKeyEnvironment = apiKeyEnvironment
        self.needsKey = needsKey
        self.isLocal = isLocal
        self.quirks = quirks
    }

    /// The preset of that id, or nil.
    public static func named(_ id: String) -> ServerPreset? { all.first { $0.id == id } }

    /// A builder of its requests.
    public func makeRequestBuilder() -> any RequestBuilder { dialect.makeRequestBuilder(quirks: quirks) }
}

extension ServerPreset {
    /// All presets: the remote ones first.
    public static let all: [ServerPreset] = [
        // The quirks are for the OpenAI chat dialect, which a configuration may choose instead.
        ServerPreset(
            id: "openai", displayName: "OpenAI", dialect: .openAIResponses, baseURL: "https://api.openai.com/v1",
            apiKeyEnvironment: ["OPENAI_API_KEY"], quirks: .openAI),
        ServerPreset(
            id: "anthropic", displayName: "Anthropic", dialect: .anthropic, baseURL: "https://api.anthropic.com",
            apiKeyEnvironment: ["ANTHROPIC_API_KEY"]),
        ServerPreset(
            id: "gemini", displayName: "Gemini", dialect: .gemini,
            baseURL: "https://generativelanguage.googleapis.com",
            apiKeyEnvironment: ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
        ServerPreset(
            id: "openrouter", displayName: "OpenRouter", dialect: .openAIChat,
            baseURL: "https://openrouter.ai/api/v1", apiKeyEnvironment: ["OPENROUTER_API_KEY"], quirks: .openRouter),
        ServerPreset(
            id: "groq", displayName: "Groq", dialect: .openAIChat, baseURL: "https://api.groq.com/openai/v1",
            apiKeyEnvironment: ["GROQ_API_KEY"], quirks: .groq),
        ServerPreset(
            id: "deepseek", displayName: "DeepSeek", dialect: .openAIChat, baseURL: "https://api.deepseek.com",
            apiKeyEnvironment: ["DEEPSEEK_API_KEY"], quirks: .deepSeek),
        ServerPreset(
            id: "mistral", displayName: "Mistral", dialect: .openAIChat, baseURL: "https://api.mistral.ai/v1",
            apiKeyEnvironment: ["MISTRAL_API_KEY"], quirks: .mistral),
        ServerPreset(
            id: "xai", displayName: "xAI", dialect: .openAIChat, baseURL: "https://api.x.ai/v1",
            apiKeyEnvironment: ["XAI_API_KEY"], quirks: .xAI),
        ServerPreset(
            id: "together", displayName: "Together AI", dialect: .openAIChat,
            baseURL: "https://api.together.ai/v1", apiKeyEnvironment: ["TOGETHER_API_KEY"], quirks: .together),
        ServerPreset(
            id: "ollama", displayName: "Ollama", dialect: .ollama, baseURL: "http://localhost:11434",
            apiKeyEnvironment: ["OLLAMA_API_KEY"], needsKey: false, isLocal: true),
        ServerPreset(
            id: "lmstudio", displayName: "LM Studio", dialect: .openAIChat, baseURL: "http://localhost:1234/v1",
            apiKeyEnvironment: ["LM_API_TOKEN"], needsKey: false, isLocal: true, quirks: .lmStudio),
        ServerPreset(
            id: "llamacpp", displayName: "llama.cpp", dialect: .openAIChat, baseURL: "http://localhost:8080/v1",
            apiKeyEnvironment: ["LLAMA_API_KEY"], needsKey: false, isLocal: true, quirks: .llamaCPP),
        ServerPreset(
            id: "vllm", displayName: "vLLM", dialect: .openAIChat, baseURL: "http://localhost:8000/v1",
            apiKeyEnvironment: ["VLLM_API_KEY"], needsKey: false, isLocal: true, quirks: .vLLM),
    ]
}
