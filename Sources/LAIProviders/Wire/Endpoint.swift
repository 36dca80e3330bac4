public import LAICore
public import LAIDialects

/// Where a provider is and how it is spoken to: all that tells two providers of one dialect apart.
public struct Endpoint: Sendable, Hashable {
    /// The provider's id: `groq`.
    public var id: String
    public var dialect: Dialect
    /// What the official SDK of the dialect means by it: OpenAI's ends in `/v1`, the others' are roots.
    public var baseURL: String
    public var apiKey: String?
    /// Headers of the person's own, sent with every request.
    public var headers: [String: String]
    public var quirks: ChatQuirks
    public var transport: TransportConfiguration
    /// The clocks, where a call brings none of its own.
    public var timeouts: Timeouts
    public var retries: RetryPolicy

    public init(
        id: String, dialect: Dialect, baseURL: String, apiKey: String? = nil, headers: [String: String] = [:],
        quirks: ChatQuirks = ChatQuirks(), transport: TransportConfiguration = TransportConfiguration(),
        timeouts: Timeouts = Timeouts(), retries: RetryPolicy = RetryPolicy()
    ) {
        self.id = id
        self.dialect = dialect
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.headers = headers
        self.quirks = quirks
        self.transport = transport
        self.timeouts = timeouts
        self.retries = retries
    }
}

