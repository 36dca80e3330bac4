import LAICore

// What the end must say of all that came.
extension EventPromises {
    mutating func take(_ end: StreamEnd) {
        if self.end == nil { self.end = end }
        message = builder.message
        for block in openBlocks.sorted() { fail("The block \(block) is still open at the end.") }
        if end.message != message { fail("The end's message is not what the events fold to.") }
        let isBroken = end.reason == .failed || end.reason == .interrupted
        if isBroken, end.error == nil { fail("The reason is \(end.reason.rawValue), but the end has no error.") }
        if !isBroken, end.error != nil { fail("The end has an error, but its reason is \(end.reason.rawValue).") }
        if end.error?.message.isEmpty == true { fail("An error says nothing.") }
        if end.attempts < 1 { fail("The end counts \(end.attempts) attempts.") }
        checkCalls(isWhole: !isBroken && end.reason != .stopped)
        checkUsage(end)
    }

    /// The calls as they were given, and as the deltas fold to them. What is opaque may come later.
    mutating func checkCalls(isWhole: Bool) {
        let folded = kinds.indices.filter { if case .toolCall = kinds[$0] { true } else { false } }
        for (block, call) in zip(folded, message.toolCalls) {
            if let given = calls[block] {
                var (given, call) = (given, call)
                given.opaque = nil
                call.opaque = nil
                if given != call { fail("A tool call is not what its deltas fold to: “\(given.name)”.") }
            } else if isWhole {
                fail("A tool call was never given as a whole: “\(call.name)”.")
            }
        }
    }

    mutating func checkUsage(_ end: StreamEnd) {
        if let usage = end.usage { check(usage) }
        if let usage {
            if end.usage != usage { fail("The end's usage is not the last one that was reported.") }
        } else if let usage = end.usage, usage.source == .reported {
            fail("The end's usage is not marked as estimated, but none was reported.")
        }
    }

    mutating func check(_ usage: Usage) {
        let figures = [
            usage.inputTokens, usage.outputTokens, usage.cachedTokens, usage.cacheWriteTokens, usage.reasoningTokens,
        ]
        if figures.contains(where: { $0.map { $0 < 0 } ?? false }) { fail("A figure of the usage is negative.") }
    }
}
