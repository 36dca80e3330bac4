internal import LAICore
internal import LAIWire

/// The usage of generateContent: running values on every chunk, the last of which count as a whole: they do
/// not only grow, and what one leaves out is not carried over. Thoughts are not among the
/// candidates' tokens; LAI's output has both.
struct GeminiUsage {
    private var prompt: Int?
    private var candidates: Int?
    private var thoughts: Int?
    private var cached: Int?

    var value: Usage {
        let output: Int? = candidates == nil && thoughts == nil ? nil : (candidates ?? 0) &+ (thoughts ?? 0)
        return Usage(inputTokens: prompt, outputTokens: output, cachedTokens: cached, reasoningTokens: thoughts)
    }

    /// Reads a usage object.
    /// - Returns: whether it said anything.
    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        self = GeminiUsage()
        while let key = try reader.nextKey() {
            if key == "promptTokenCount" {
                prompt = try reader.optionalInt()
            } else if key == "candidatesTokenCount" {
                candidates = try reader.optionalInt()
            } else if key == "thoughtsTokenCount" {
                thoughts = try reader.optionalInt()
            } else if key == "cachedContentTokenCount" {
                cached = try reader.optionalInt()
            } else {
                try reader.skip()
            }
        }
        return prompt != nil || candidates != nil
    }
}
