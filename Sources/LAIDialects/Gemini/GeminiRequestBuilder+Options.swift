import LAICore

extension GeminiRequestBuilder {
    func setTools(_ request: ChatRequest, _ draft: inout RequestDraft) {
        if request.tools.isEmpty { return }
        let declarations = request.tools.map { tool in
            JSONValue.members([
                "name": .string(tool.name),
                "description": tool.description.isEmpty ? nil : .string(tool.description),
                "parametersJsonSchema": tool.schema,
            ])
        }
        draft.set("tools", [["functionDeclarations": .array(declarations)]])
        if let config = callingConfig(request) { draft.set("toolConfig", ["functionCallingConfig": config]) }
    }

    /// Strictness is a mode of the whole request: `VALIDATED` holds the calls to their schemas, as `ANY` does anyway.
    private func callingConfig(_ request: ChatRequest) -> JSONValue? {
        let isStrict = request.tools.contains { $0.strict == true }
        return switch request.toolChoice {
        case nil: isStrict ? ["mode": "VALIDATED"] : nil
        case .auto: ["mode": isStrict ? "VALIDATED" : "AUTO"]
        case .some(.none): ["mode": "NONE"]
        case .required: ["mode": "ANY"]
        case .tool(let name): ["mode": "ANY", "allowedFunctionNames": [.string(name)]]
        }
    }

    func generationConfig(
        _ request: ChatRequest, _ model: GeminiModel, _ draft: inout RequestDraft
    ) throws(LAIError) -> JSONValue {
        if request.stop.count > 5 {
            throw draft.unsupported("Gemini takes at most 5 stop texts, not \(request.stop.count).")
        }
        var schema: JSONValue?
        if case .schema(_, let value) = request.format { schema = value }
        return .members([
            "temperature": request.temperature.map { .double($0) },
            "topP": request.topP.map { .double($0) },
            "maxOutputTokens": request.maxTokens.map { .int($0) },
            "stopSequences": request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }),
            "seed": request.seed.map { .int($0) },
            "responseMimeType": request.format == .text ? nil : "application/json",
            "responseJsonSchema": schema,
            "thinkingConfig": request.reasoning.flatMap { thinkingConfig($0, request.model, model, &draft) },
        ])
    }

    /// A budget up to 2.5, a level since 3; both at once are an error. Thoughts come only when they are asked for.
    private func thinkingConfig(
        _ reasoning: Reasoning, _ name: String, _ model: GeminiModel, _ draft: inout RequestDraft
    ) -> JSONValue? {
        switch model.thinking {
        case .none:
            if !reasoning.isOff { draft.ignore("\(name) cannot think; the reasoning setting was left out.") }
            return nil
        case .budget:
            var budget: Int
            switch reasoning {
            case .off: budget = 0
            case .budget(let tokens): budget = tokens
            case .effort(let effort): budget = model.budget(for: effort)
            }
            if budget < model.leastBudget {
                draft.ignore("\(name) always thinks; a budget of \(model.leastBudget) tokens is used.")
                budget = model.leastBudget
            }
            return .members(["thinkingBudget": .int(budget), "includeThoughts": reasoning.isOff ? nil : true])
        case .level:
            if reasoning.isOff {
                let lowest = Reasoning.Effort.minimal.nearest(in: model.levels) ?? .low
                draft.ignore("\(name) always thinks; the level `\(lowest.rawValue)` is used.")
                return ["thinkingLevel": .string(lowest.rawValue.uppercased())]
            }
            let level = draft.level(reasoning, of: name, among: model.levels)
            return .members([
                "thinkingLevel": level.map { .string($0.rawValue.uppercased()) }, "includeThoughts": true,
            ])
        }
    }
}
