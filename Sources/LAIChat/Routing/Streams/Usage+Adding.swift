internal import LAICore

extension Usage {
    /// The usage of two requests together: estimated, when one of them is; without a cost, when one has none.
    func adding(_ other: Usage) -> Usage {
        func sum(_ a: Int?, _ b: Int?) -> Int? { a == nil && b == nil ? nil : (a ?? 0) + (b ?? 0) }
        var both = Usage(
            inputTokens: sum(inputTokens, other.inputTokens), outputTokens: sum(outputTokens, other.outputTokens),
            cachedTokens: sum(cachedTokens, other.cachedTokens), cacheWriteTokens: sum(cacheWriteTokens, other.cacheWriteTokens),
            reasoningTokens: sum(reasoningTokens, other.reasoningTokens),
            source: source == .estimated || other.source == .estimated ? .estimated : .reported)
        both.cost = cost.flatMap { cost in other.cost.map { cost + $0 } }
        return both
    }
}
