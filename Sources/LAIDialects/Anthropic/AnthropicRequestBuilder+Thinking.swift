import LAICore

/// How a model is told to think, and the limit that goes with it.
struct AnthropicThinking {
    var config: JSONValue?
    var effort: Reasoning.Effort?
    var maxTokens: Int
    /// Whether thinking was switched on.
    var isOn = false
}

extension AnthropicRequestBuilder {
    /// What is left of `max_tokens` for the answer when thinking takes its whole budget.
    private static let room = 8000
    private static let leastBudget = 1024

    /// - Parameter canThink: whether the conversation is one that a model with a budget may think about; see
    ///   ``canThink(_:)``.
    func thinking(
        _ request: ChatRequest, _ model: AnthropicModel, canThink: Bool, _ draft: inout RequestDraft
    ) throws(LAIError) -> AnthropicThinking {
        var result = AnthropicThinking(maxTokens: request.maxTokens ?? model.defaultMaxTokens)
        if request.forcesTool, !model.takesForcedTools {
            throw draft.unsupported("\(request.model) cannot be made to call a tool; older models can.")
        }
        guard let reasoning = request.reasoning else { return result }
        if request.forcesTool, !reasoning.isOff {
            draft.ignore("Anthropic's models cannot be made to call a tool while they think; thinking was left out.")
        }
        if reasoning.isOff || request.forcesTool {
            switchOff(&result, request.model, model, &draft)
            return result
        }
        switch (model.thinking, reasoning) {
        case (.none, _): draft.ignore("\(request.model) cannot think; the reasoning setting was left out.")
        case (.budget, .effort(let effort)):
            setBudget(effort.budget, isExact: false, canThink, request, &result, &draft)
        case (.budget, .budget(let tokens)), (.adaptiveOrBudget, .budget(let tokens)):
            setBudget(tokens, isExact: true, canThink, request, &result, &draft)
        default:
            result.effort = draft.level(reasoning, of: request.model, among: model.efforts)
            // The newer models leave the text of their thinking out unless it is asked for.
            result.config = ["type": "adaptive", "display": "summarized"]
            result.isOn = true
            let thinksLong = result.effort == .xhigh || result.effort == .max
            if thinksLong, request.maxTokens == nil { result.maxTokens *= 2 }
        }
        return result
    }

    private func switchOff(
        _ result: inout AnthropicThinking, _ name: String, _ model: AnthropicModel, _ draft: inout RequestDraft
    ) {
        switch model.off {
        case .silence: break
        case .disabled: result.config = ["type": "disabled"]
        case .betweenTools: result.config = ["type": "between_tools"]
        case .impossible:
            result.effort = .low
            draft.ignore("\(name) always thinks; the effort `low` is used.")
        }
    }

    /// A budget lies between 1024 and `max_tokens`. A limit of the request's own stands: three quarters of it may be
    /// thought away, and where that is too little, nothing is.
    private func setBudget(
        _ tokens: Int, isExact: Bool, _ canThink: Bool, _ request: ChatRequest, _ result: inout AnthropicThinking,
        _ draft: inout RequestDraft
    ) {
        if !canThink {
            return draft.ignore(
                "\(request.model) cannot think about tool calls that another model made; thinking was left out.")
        }
        var budget = max(tokens, Self.leastBudget)
        if let limit = request.maxTokens {
            if limit <= Self.leastBudget {
                return draft.ignore("An answer of \(limit) tokens leaves no room to think; thinking was left out.")
            }
            budget = min(budget, max(Self.leastBudget, limit / 4 * 3))
        } else {
            result.maxTokens = max(result.maxTokens, budget + Self.room)
        }
        if isExact, budget != tokens { draft.ignore("The thinking budget of \(tokens) tokens became \(budget).") }
        result.config = ["type": "enabled", "budget_tokens": .int(budget)]
        result.isOn = true
    }

    /// While a tool loop is under way, models with a budget demand that the turn which called the tools began with
    /// thinking, as it does not when another provider's model, or none with thinking, made it.
    func canThink(_ messages: [JSONValue]) -> Bool {
        let last = messages.last { $0["role"] == "assistant" }?["content"]?.arrayValue ?? []
        let isInLoop = messages.last?["content"]?.arrayValue?.first?["type"] == "tool_result"
        let first = last.first?["type"]?.stringValue
        return !isInLoop || first == "thinking" || first == "redacted_thinking"
    }
}

extension Reasoning.Effort {
    /// The budget for models that take no effort. The highest still fits the smallest of their limits.
    fileprivate var budget: Int {
        switch self {
        case .minimal: 1024
        case .low: 2048
        case .medium: 8192
        case .high: 16_000
        case .xhigh: 20_000
        case .max: 24_000
        }
    }
}
