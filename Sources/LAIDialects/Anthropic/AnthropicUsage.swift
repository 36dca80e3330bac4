internal import LAICore
internal import LAIWire

/// The usage of Messages. It comes at the start and, cumulative, at the end: a later figure replaces an earlier one.
/// `input_tokens` is only what was not cached; LAI's figure is the whole prompt.
struct AnthropicUsage {
    private var uncached: Int?
    private var cacheRead: Int?
    private var cacheWrite: Int?
    private var output: Int?
    private var thinking: Int?

    var value: Usage {
        let input = uncached.map { $0 &+ (cacheRead ?? 0) &+ (cacheWrite ?? 0) }
        return Usage(
            inputTokens: input, outputTokens: output, cachedTokens: cacheRead, cacheWriteTokens: cacheWrite,
            reasoningTokens: thinking)
    }

    /// Reads a usage object.
    /// - Returns: whether it said anything.
    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        while let key = try reader.nextKey() {
            if key == "input_tokens" {
                uncached = try reader.optionalInt() ?? uncached
            } else if key == "output_tokens" {
                output = try reader.optionalInt() ?? output
            } else if key == "cache_read_input_tokens" {
                cacheRead = try reader.optionalInt() ?? cacheRead
            } else if key == "cache_creation_input_tokens" {
                cacheWrite = try reader.optionalInt() ?? cacheWrite
            } else if key == "output_tokens_details" {
                guard try reader.beginObjectOrSkip() else { continue }
                while let key = try reader.nextKey() {
                    if key == "thinking_tokens" {
                        thinking = try reader.optionalInt() ?? thinking
                    } else {
                        try reader.skip()
                    }
                }
            } else {
                try reader.skip()
            }
        }
        return uncached != nil || output != nil
    }
}
