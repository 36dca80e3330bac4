import LAICore

/// What OpenAI's models of a name can do, where the wire depends on it.
struct OpenAIModel {
    enum Kind {
        /// `o1`, `o3-mini`: always reason, in three levels.
        case oSeries
        /// `gpt-5` and later.
        case reasoning
        /// `gpt-4.1`, `gpt-5-chat-latest`: do not reason.
        case plain
        /// Not OpenAI's, as other servers of its dialects have them: nothing is assumed.
        case other
    }

    let kind: Kind
    private let name: ModelName

    init(_ model: String) {
        name = ModelName(model)
        kind = OpenAIModel.kind(of: name)
    }

    private static func kind(of name: ModelName) -> Kind {
        let first = name.words.first ?? ""
        if first.count >= 2, first.first == "o", first.dropFirst().allSatisfy(\.isNumber) { return .oSeries }
        if first == "chatgpt" { return .plain }
        if first != "gpt" || name.contains("oss") { return .other }
        return name.isAtLeast(5, 0) && !name.contains("chat") ? .reasoning : .plain
    }

    /// The levels of effort, from `minimal` in the first generation to `max` in the latest.
    var efforts: [Reasoning.Effort] {
        switch kind {
        case .plain: []
        case .other: Reasoning.Effort.allCases
        case .oSeries: [.low, .medium, .high]
        case .reasoning:
            if name.isAtLeast(5, 6) {
                [.low, .medium, .high, .xhigh, .max]
            } else if name.isAtLeast(5, 2) || (name.isAtLeast(5, 1) && name.contains("max")) {
                [.low, .medium, .high, .xhigh]
            } else if name.isAtLeast(5, 1) || name.contains("codex") {
                [.low, .medium, .high]
            } else if name.contains("pro") {
                [.high]
            } else {
                [.minimal, .low, .medium, .high]
            }
        }
    }

    /// Whether the effort `none` is known: since 5.1, but not in the models made for code.
    var canStopReasoning: Bool {
        switch kind {
        case .plain, .oSeries: false
        case .other: true
        case .reasoning: name.isAtLeast(5, 1) && !name.contains("codex") && !name.contains("pro")
        }
    }

    /// Whether temperature and top-p are taken. The first reasoning models refuse them always, later ones while they
    /// reason; what those do when nothing was said about reasoning is left to the server.
    func takesSampling(with reasoning: Reasoning?) -> Bool {
        switch kind {
        case .plain, .other: true
        case .oSeries: false
        case .reasoning: canStopReasoning && (reasoning?.isOff ?? true)
        }
    }
}

extension RequestDraft {
    /// The effort to send for a model of OpenAI, `none` among them; nil where none is to be sent.
    mutating func openAIEffort(_ reasoning: Reasoning, model name: String) -> String? {
        let model = OpenAIModel(name)
        if model.kind == .plain {
            if !reasoning.isOff { ignore("\(name) does not reason; the reasoning effort was left out.") }
            return nil
        }
        if !reasoning.isOff { return level(reasoning, of: name, among: model.efforts)?.rawValue }
        if model.canStopReasoning { return "none" }
        let lowest = Reasoning.Effort.minimal.nearest(in: model.efforts)?.rawValue
        ignore("\(name) always reasons; the effort `\(lowest ?? "low")` is used.")
        return lowest
    }

    /// Appends temperature and top-p where the model takes them.
    mutating func setOpenAISampling(_ request: ChatRequest, knowsModels: Bool = true) {
        if knowsModels, !OpenAIModel(request.model).takesSampling(with: request.reasoning) {
            if let temperature = request.temperature, temperature != 1 {
                ignore("\(request.model) takes no temperature while it reasons; it was left out.")
            }
            if let topP = request.topP, topP != 1 {
                ignore("\(request.model) takes no top-p while it reasons; it was left out.")
            }
            return
        }
        set("temperature", request.temperature.map { .double($0) })
        set("top_p", request.topP.map { .double($0) })
    }
}
