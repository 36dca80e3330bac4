internal import LAICore

/// How an answer is to be made, as a request says it.
struct Parameters: Sendable {
    private var temperature: Double?
    private var topP: Double?
    private var maxTokens: Int?
    private var seed: Int?
    private var stop: [String] = []
    private var reasoning: Reasoning?

    /// - Throws: ``Problem`` for what cannot be.
    init(_ json: JSONValue) throws(Problem) {
        guard json.objectValue != nil else { throw .badRequest("“parameters” must be an object.") }
        try json.allowOnly("temperature", "top_p", "max_tokens", "seed", "stop", "reasoning")
        temperature = try Parameters.number(json, "temperature", 0...2)
        topP = try Parameters.number(json, "top_p", 0...1)
        if let value = json["max_tokens"], !value.isNull {
            guard let number = value.intValue, number > 0 else { throw .badRequest("“max_tokens” must be a whole number over 0.") }
            maxTokens = number
        }
        if let value = json["seed"], !value.isNull {
            guard let number = value.intValue else { throw .badRequest("“seed” must be a whole number.") }
            seed = number
        }
        if let value = json["stop"], !value.isNull {
            guard let list = value.arrayValue else { throw .badRequest("“stop” must be a list of texts.") }
            stop = list.compactMap(\.stringValue)
        }
        if let text = try json.optionalText("reasoning") {
            if text == "off" {
                reasoning = .off
            } else if let effort = Reasoning.Effort(rawValue: text) {
                reasoning = .effort(effort)
            } else {
                throw .badRequest("“reasoning” must be off, \(Reasoning.Effort.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
        }
    }

    private static func number(_ json: JSONValue, _ key: String, _ range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let value = json[key], !value.isNull else { return nil }
        guard let number = value.doubleValue, range.contains(number) else {
            throw .badRequest("“\(key)” must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)).")
        }
        return number
    }

    func apply(to request: inout ChatRequest) {
        request.temperature = temperature ?? request.temperature
        request.topP = topP ?? request.topP
        request.maxTokens = maxTokens ?? request.maxTokens
        request.seed = seed ?? request.seed
        if !stop.isEmpty { request.stop = stop }
        request.reasoning = reasoning ?? request.reasoning
    }
}
