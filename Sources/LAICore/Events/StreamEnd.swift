/// How a stream ended, with all that is known by then.
public struct StreamEnd: Sendable {
    public var reason: FinishReason
    /// The provider's own word (`end_turn`, `MAX_TOKENS`, `incomplete:max_output_tokens`).
    public var rawReason: String?
    /// The stop sequence that was met, where the provider tells.
    public var stopSequence: String?
    /// Why the provider blocked the question (`SAFETY`), where it did.
    public var blockReason: String?
    /// The provider's id of the request, for its support.
    public var requestID: String?
    public var usage: Usage?
    /// What went wrong: always there when the reason is `failed` or `interrupted`, never otherwise.
    public var error: LAIError?
    /// The message as far as it came; whole when nothing went wrong.
    public var message = Message(role: .assistant, parts: [])
    /// How many times the request was sent.
    public var attempts = 1
    /// Which way a router took, and why, for a person to read.
    public var route: String?

    public init(_ reason: FinishReason, rawReason: String? = nil, error: LAIError? = nil) {
        self.reason = reason
        self.rawReason = rawReason
        self.error = error
    }
}

extension StreamEnd: Hashable {
    public static func == (a: StreamEnd, b: StreamEnd) -> Bool {
        a.reason == b.reason && a.rawReason == b.rawReason && a.stopSequence == b.stopSequence
            && a.blockReason == b.blockReason && a.requestID == b.requestID && a.usage == b.usage
            && a.message == b.message && a.attempts == b.attempts && a.route == b.route
            && a.error?.code == b.error?.code && a.error?.message == b.error?.message
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(reason)
        hasher.combine(rawReason)
        hasher.combine(message)
    }
}

/// Why an answer ended.
public enum FinishReason: String, Sendable, Hashable, CaseIterable {
    /// The model was done.
    case stop
    /// A limit cut it short: tokens, the context window, or the rounds of a hosted tool.
    case length
    /// The model waits for the results of tools.
    case toolCalls = "tool_calls"
    /// A filter blocked the question or cut the answer.
    case contentFilter = "content_filter"
    /// The model declined.
    case refusal
    /// The person or the program stopped it.
    case stopped
    /// It broke off before the provider's own end.
    case interrupted
    /// The provider reported a failure, or no answer could be had.
    case failed
}
