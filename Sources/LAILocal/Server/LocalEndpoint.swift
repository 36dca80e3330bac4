/// Where a running local model is reached, and with what key.
///
/// The server speaks the dialects of OpenAI (Chat Completions, Responses) and Anthropic (Messages) below ``baseURL``.
public struct LocalEndpoint: Sendable, Hashable {
    /// The base address, with the version: `http://127.0.0.1:PORT/v1`.
    public var baseURL: String
    /// The key of this run, sent as a bearer token; it keeps the machine's other users out.
    public var apiKey: String
    /// The name of the model, as requests must give it.
    public var model: String
    /// How many tokens one conversation may hold, the answer included.
    public var contextSize: Int

    /// Describes an endpoint.
    public init(baseURL: String, apiKey: String, model: String, contextSize: Int) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.model = model
        self.contextSize = contextSize
    }
}
