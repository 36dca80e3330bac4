internal import LAICore
internal import LAIWire

/// The usage of Chat Completions. It may come with any chunk, often several times; the last one counts.
struct ChatUsage {
    private(set) var value = Usage()

    /// Reads a usage object.
    /// - Returns: whether it said anything.
    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        var usage = Usage()
        var total: Int?
        while let key = try reader.nextKey() {
            if key == "prompt_tokens" || key == "input_tokens" {
                usage.inputTokens = try reader.optionalInt()
            } else if key == "completion_tokens" || key == "output_tokens" {
                usage.outputTokens = try reader.optionalInt()
            } else if key == "total_tokens" {
                total = try reader.optionalInt()
            } else if key == "prompt_cache_hit_tokens" {
                let hits = try reader.optionalInt()
                usage.cachedTokens = usage.cachedTokens ?? hits
            } else if key == "prompt_tokens_details" || key == "input_tokens_details" {
                try readDetails(&reader, into: &usage)
            } else if key == "completion_tokens_details" || key == "output_tokens_details" {
                try readDetails(&reader, into: &usage)
            } else if key == "cost" {
                // OpenRouter tells what it charged, in US dollars.
                usage.cost = try reader.optionalDouble().flatMap { $0 >= 0 ? $0 : nil }
            } else {
                try reader.skip()
            }
        }
        // A server that counts reasoning beside the output gives itself away by its total.
        if let input = usage.inputTokens, let output = usage.outputTokens, let reasoning = usage.reasoningTokens,
            reasoning > 0, total == input &+ output &+ reasoning
        {
            usage.outputTokens = output &+ reasoning
        }
        guard usage.inputTokens != nil || usage.outputTokens != nil else { return false }
        value = usage
        return true
    }

    private func readDetails(_ reader: inout JSONReader, into usage: inout Usage) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            if key == "cached_tokens" {
                usage.cachedTokens = try reader.optionalInt() ?? usage.cachedTokens
            } else if key == "cache_write_tokens" {
                usage.cacheWriteTokens = try reader.optionalInt()
            } else if key == "reasoning_tokens" {
                usage.reasoningTokens = try reader.optionalInt()
            } else {
                try reader.skip()
            }
        }
    }
}
