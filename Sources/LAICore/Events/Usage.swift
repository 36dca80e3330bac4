/// The tokens of one answer, with the same meaning for every provider.
public struct Usage: Sendable, Hashable {
    /// Where the figures come from.
    public enum Source: String, Sendable, Hashable {
        case reported, estimated
    }

    /// The whole prompt, its cached part included.
    public var inputTokens: Int?
    /// All that was generated, reasoning included.
    public var outputTokens: Int?
    /// The part of the prompt that was read from the provider's cache.
    public var cachedTokens: Int?
    /// The part of the prompt that was written to the provider's cache.
    public var cacheWriteTokens: Int?
    /// The part of the output that was reasoning.
    public var reasoningTokens: Int?
    /// What it cost, in US dollars: as the provider says, or from its prices where they are known.
    public var cost: Double?
    public var source: Source

    public init(
        inputTokens: Int? = nil, outputTokens: Int? = nil, cachedTokens: Int? = nil, cacheWriteTokens: Int? = nil,
        reasoningTokens: Int? = nil, source: Source = .reported
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedTokens = cachedTokens
        self.cacheWriteTokens = cacheWriteTokens
        self.reasoningTokens = reasoningTokens
        self.source = source
    }

    /// A rough count for a provider that reports none: four bytes of UTF-8 a token.
    public static func estimate(inputBytes: Int?, outputBytes: Int) -> Usage {
        Usage(
            inputTokens: inputBytes.map { ($0 + 3) / 4 }, outputTokens: (outputBytes + 3) / 4, source: .estimated)
    }
}
