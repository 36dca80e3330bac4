public import LAICore

/// What a model's tokens cost, in US dollars for a million of them.
public struct Price: Sendable, Hashable {
    public var input: Double
    public var output: Double
    /// For the part of the prompt that comes from the provider's cache; nil where it costs as much as the rest.
    public var cached: Double?
    /// For the part that is written to the cache; nil where it costs as much as the rest.
    public var cacheWrite: Double?

    public init(input: Double, output: Double, cached: Double? = nil, cacheWrite: Double? = nil) {
        self.input = input
        self.output = output
        self.cached = cached
        self.cacheWrite = cacheWrite
    }

    /// What an answer cost, in US dollars; nil where its tokens are not known.
    public func cost(of usage: Usage) -> Double? {
        guard let prompt = usage.inputTokens, let output = usage.outputTokens else { return nil }
        let read = usage.cachedTokens ?? 0
        let written = usage.cacheWriteTokens ?? 0
        let fresh = max(0, prompt - read - written)
        let dollars =
            Double(fresh) * input + Double(read) * (cached ?? input) + Double(written) * (cacheWrite ?? input)
            + Double(output) * self.output
        return dollars / 1_000_000
    }
}
