public import LAICore

/// How an answer came about. What is not known is nil.
public struct Receipt: Sendable, Hashable {
    public var provider: String?
    /// What the person named: `auto`, an alias, or provider/model.
    public var named: String?
    /// The model that was asked for, as the provider has it.
    public var modelAsked: String?
    /// The model that answered.
    public var model: String?
    public var requestID: String?
    public var attempts: Int?
    public var usage: Usage?
    /// What it cost, in US dollars.
    public var cost: Double?
    public var finishReason: FinishReason?
    /// The provider's own word for it.
    public var rawReason: String?
    public var firstToken: Duration?
    /// For how long the model reasoned.
    public var reasoning: Duration?
    public var duration: Duration?
    public var tokensPerSecond: Double?
    /// Which way was taken, and why.
    public var route: String?
    /// What went along as context: files, and what of Git.
    public var context: [String] = []
    public var warnings: [String] = []

    public init() {}

    /// Adds what a stream's end tells.
    public mutating func add(_ end: StreamEnd) {
        requestID = end.requestID ?? requestID
        attempts = end.attempts
        if var used = end.usage {
            cost = used.cost ?? cost
            used.cost = nil
            usage = used
        }
        finishReason = end.reason
        rawReason = end.rawReason ?? rawReason
        route = end.route ?? route
    }

    public var json: JSONValue {
        var object = JSONObject()
        func add(_ key: String, _ value: JSONValue?) { if let value { object.append(key, value) } }
        add("provider", provider.map { .string($0) })
        add("named", named.map { .string($0) })
        add("model_asked", modelAsked.map { .string($0) })
        add("model", model.map { .string($0) })
        add("request_id", requestID.map { .string($0) })
        add("attempts", attempts.map { .int($0) })
        add("usage", usage?.json)
        add("cost", cost.map { .double($0) })
        add("finish_reason", finishReason.map { .string($0.rawValue) })
        add("finish_reason_raw", rawReason.map { .string($0) })
        add("first_token_ms", firstToken.map(Receipt.milliseconds))
        add("reasoning_ms", reasoning.map(Receipt.milliseconds))
        add("duration_ms", duration.map(Receipt.milliseconds))
        add("tokens_per_second", tokensPerSecond.map { .double(($0 * 10).rounded() / 10) })
        add("route", route.map { .string($0) })
        add("context", context.isEmpty ? nil : .array(context.map { .string($0) }))
        add("warnings", warnings.isEmpty ? nil : .array(warnings.map { .string($0) }))
        return .object(object)
    }

    /// Reads what ``json`` wrote; what is not there stays nil.
    public init(json: JSONValue) {
        provider = json["provider"]?.stringValue
        named = json["named"]?.stringValue
        modelAsked = json["model_asked"]?.stringValue
        model = json["model"]?.stringValue
        requestID = json["request_id"]?.stringValue
        attempts = json["attempts"]?.intValue
        usage = Usage(json: json["usage"])
        cost = json["cost"]?.doubleValue
        finishReason = json["finish_reason"]?.stringValue.flatMap(FinishReason.init)
        rawReason = json["finish_reason_raw"]?.stringValue
        firstToken = json["first_token_ms"]?.doubleValue.map { .milliseconds($0) }
        reasoning = json["reasoning_ms"]?.doubleValue.map { .milliseconds($0) }
        duration = json["duration_ms"]?.doubleValue.map { .milliseconds($0) }
        tokensPerSecond = json["tokens_per_second"]?.doubleValue
        route = json["route"]?.stringValue
        context = json["context"]?.arrayValue?.compactMap(\.stringValue) ?? []
        warnings = json["warnings"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private static func milliseconds(_ duration: Duration) -> JSONValue {
        .double((duration / .microseconds(1)).rounded() / 1000)
    }
}
