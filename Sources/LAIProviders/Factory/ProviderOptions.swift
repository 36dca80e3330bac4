public import LAIDialects

/// What a person sets for one provider. Whatever is nil is the preset's, where there is one.
public struct ProviderOptions: Sendable, Hashable {
    public var dialect: Dialect?
    public var baseURL: String?
    /// The environment's variable that holds the key.
    public var apiKeyEnvironment: String?
    /// The file that holds the key.
    public var apiKeyFile: String?
    public var headers: [String: String] = [:]
    /// The proxy; nil follows the environment, an empty text goes straight.
    public var proxy: String?
    /// A PEM file of further certificate authorities.
    public var trustRoots: String?

    public init() {}
}

/// A provider as the settings and the environment have it, before anything was checked or made.
public struct ProviderDescription: Sendable, Hashable {
    /// Where something comes from, in words: `OPENAI_API_KEY`, `the file ~/.keys/groq`.
    public struct Key: Sendable, Hashable {
        public var value: String
        public var source: String
    }

    public var id: String
    public var displayName: String
    public var dialect: Dialect
    public var baseURL: String
    public var key: Key?
    public var needsKey: Bool
    /// Whether it is on this machine, so that nothing leaves it.
    public var isLocal: Bool
    public var quirks: ChatQuirks
}
