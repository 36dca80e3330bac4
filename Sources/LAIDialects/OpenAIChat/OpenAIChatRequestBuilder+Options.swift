import LAICore

extension OpenAIChatRequestBuilder {
    func setTools(_ request: ChatRequest, _ draft: inout RequestDraft) {
        var tools = request.tools
        var choice: JSONValue?
        // A tool choice without tools is an error to OpenAI.
        if !tools.isEmpty {
            switch request.toolChoice {
            case nil: break
            case .auto: choice = "auto"
            case .some(.none): choice = "none"
            case .required: choice = .string(quirks.requiredToolChoice)
            case .tool(let name) where quirks.takesNamedToolChoice:
                choice = ["type": "function", "function": ["name": .string(name)]]
            case .tool(let name):
                tools.removeAll { $0.name != name }
                choice = .string(quirks.requiredToolChoice)
            }
        }
        draft.set("tools", nonEmpty: tools.map(function))
        draft.set("tool_choice", choice)
    }

    private func function(_ tool: Tool) -> JSONValue {
        [
            "type": "function",
            "function": .members([
                "name": .string(tool.name),
                "description": tool.description.isEmpty ? nil : .string(tool.description),
                "parameters": tool.schema,
                "strict": tool.strict.map { .bool($0) },
            ]),
        ]
    }

    func setReasoning(_ reasoning: Reasoning, model: String, _ draft: inout RequestDraft) {
        switch quirks.reasoning {
        case .none: draft.ignore("\(quirks.server) cannot be told how much to reason; that was left out.")
        case .openAI:
            draft.set("reasoning_effort", draft.openAIEffort(reasoning, model: model).map { .string($0) })
        case .openRouter:
            switch reasoning {
            case _ where reasoning.isOff: draft.set("reasoning", ["enabled": false])
            case .effort(let effort): draft.set("reasoning", ["effort": .string(effort.rawValue)])
            case .budget(let tokens): draft.set("reasoning", ["max_tokens": .int(tokens)])
            case .off: break
            }
        case .rule(let rule): apply(rule, reasoning, &draft)
        }
    }

    private func apply(_ rule: ChatQuirks.ReasoningRule, _ reasoning: Reasoning, _ draft: inout RequestDraft) {
        if reasoning.isOff {
            guard let off = rule.off else { return draft.ignore("\(quirks.server) cannot switch reasoning off.") }
            draft.body.merge(off)
            return
        }
        draft.body.merge(rule.on)
        if case .budget(let tokens) = reasoning, let field = rule.budgetField {
            draft.set(field, .int(tokens))
            return
        }
        guard let level = draft.level(reasoning, of: quirks.server, among: rule.levels) else { return }
        draft.set("reasoning_effort", .string(level.rawValue))
        guard rule.usesTemplate else { return }
        let arguments: JSONValue = ["reasoning_effort": .string(level.rawValue)]
        draft.body.merge(JSONObject([.init(key: "chat_template_kwargs", value: arguments)]))
    }

    func responseFormat(_ format: ResponseFormat, _ draft: RequestDraft) throws(LAIError) -> JSONValue? {
        switch format {
        case .text: return nil
        case .json: return ["type": "json_object"]
        case .schema(let name, let schema):
            if quirks.schemas == .none {
                throw draft.unsupported("\(quirks.server) cannot hold an answer to a JSON schema; ask for JSON only.")
            }
            let strict: JSONValue? = quirks.schemas == .strict ? true : nil
            return [
                "type": "json_schema",
                "json_schema": .members(["name": .string(name), "schema": schema, "strict": strict]),
            ]
        }
    }
}
