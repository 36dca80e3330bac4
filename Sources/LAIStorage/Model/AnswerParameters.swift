public import LAICore
internal import LAIDialects

/// How answers are made: what a conversation keeps of it, or a question asks for.
public struct AnswerParameters: Sendable, Hashable {
    /// Randomness, 0 to 2.
    public var temperature: Double?
    /// Nucleus sampling, 0 to 1.
    public var topP: Double?
    /// The most tokens to generate, reasoning included; over 0.
    public var maxTokens: Int?
    public var seed: Int?
    /// Texts at which the model stops.
    public var stop: [String] = []
    public var reasoning: Reasoning?

    public init() {}

    public var isEmpty: Bool { self == AnswerParameters() }

    /// Asks for it in a request; what is not said stays as it is there.
    public func apply(to request: inout ChatRequest) {
        request.temperature = temperature ?? request.temperature
        request.topP = topP ?? request.topP
        request.maxTokens = maxTokens ?? request.maxTokens
        request.seed = seed ?? request.seed
        if !stop.isEmpty { request.stop = stop }
        request.reasoning = reasoning ?? request.reasoning
    }

    public var json: JSONValue {
        var object = JSONObject()
        func add(_ key: String, _ value: JSONValue?) { if let value { object.append(key, value) } }
        add("temperature", temperature.map { .double($0) })
        add("top_p", topP.map { .double($0) })
        add("max_tokens", maxTokens.map { .int($0) })
        add("seed", seed.map { .int($0) })
        if !stop.isEmpty { add("stop", .array(stop.map { .string($0) })) }
        switch reasoning {
        case nil: break
        case .off: add("reasoning", "off")
        case .effort(let effort): add("reasoning", .string(effort.rawValue))
        case .budget(let tokens): add("reasoning", .int(tokens))
        }
        return .object(object)
    }

    /// Reads what ``json`` wrote, or a person sent. Members that are null are as those that are not there.
    /// - Throws: ``LAIError`` with the code `invalidRequest` for what cannot be.
    public init(json: JSONValue) throws(LAIError) {
        guard let object = json.objectValue else { throw LAIError(.invalidRequest, "“parameters” must be an object.") }
        for (key, value) in object.members.map({ ($0.key, $0.value) }) where !value.isNull {
            switch key {
            case "temperature": temperature = try AnswerParameters.number(key, value, 0...2)
            case "top_p": topP = try AnswerParameters.number(key, value, 0...1)
            case "max_tokens": maxTokens = try AnswerParameters.whole(key, value, from: 1)
            case "seed": seed = try AnswerParameters.whole(key, value)
            case "stop": stop = try AnswerParameters.texts(key, value)
            case "reasoning": reasoning = try AnswerParameters.reasoning(value)
            default:
                throw LAIError(.invalidRequest, "“\(key)” is no parameter; there is temperature, top_p, max_tokens, seed, stop, reasoning.")
            }
        }
    }

    private static func number(_ key: String, _ value: JSONValue, _ range: ClosedRange<Double>) throws(LAIError) -> Double {
        if let number = value.doubleValue, range.contains(number) { return number }
        throw LAIError(.invalidRequest, "“\(key)” must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)).")
    }

    private static func whole(_ key: String, _ value: JSONValue, from least: Int = .min) throws(LAIError) -> Int {
        if let number = value.intValue, number >= least { return number }
        throw LAIError(.invalidRequest, "“\(key)” must be a whole number\(least == 1 ? " over 0" : "").")
    }

    private static func texts(_ key: String, _ value: JSONValue) throws(LAIError) -> [String] {
        let texts = value.arrayValue?.map(\.stringValue)
        if let texts, texts.allSatisfy({ $0?.isEmpty == false }) { return texts.compactMap(\.self) }
        throw LAIError(.invalidRequest, "“\(key)” must be a list of texts.")
    }

    private static func reasoning(_ value: JSONValue) throws(LAIError) -> Reasoning {
        if value.stringValue == "off" { return .off }
        if let effort = value.stringValue.flatMap(Reasoning.Effort.init(rawValue:)) { return .effort(effort) }
        if let tokens = value.intValue, tokens > 0 { return .budget(tokens) }
        let efforts = Reasoning.Effort.allCases.map(\.rawValue).joined(separator: ", ")
        throw LAIError(.invalidRequest, "“reasoning” must be off, \(efforts), or a number of tokens.")
    }
}
