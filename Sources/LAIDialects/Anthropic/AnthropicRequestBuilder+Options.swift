import LAICore

extension AnthropicRequestBuilder {
    func tool(_ tool: Tool) -> JSONValue {
        .members([
            "name": .string(tool.name),
            "description": tool.description.isEmpty ? nil : .string(tool.description),
            "input_schema": tool.schema,
            "strict": tool.strict.map { .bool($0) },
        ])
    }

    func toolChoice(_ choice: ToolChoice?) -> JSONValue? {
        switch choice {
        case nil: nil
        case .auto: ["type": "auto"]
        case .some(.none): ["type": "none"]
        case .required: ["type": "any"]
        case .tool(let name): ["type": "tool", "name": .string(name)]
        }
    }

    /// The schema has no name here.
    func outputConfig(
        _ request: ChatRequest, _ model: AnthropicModel, effort: Reasoning.Effort?, _ draft: RequestDraft
    ) throws(LAIError) -> JSONValue? {
        var format: JSONValue?
        if case .schema(_, let schema) = request.format {
            if !model.takesSchemas {
                throw draft.unsupported("\(request.model) cannot hold an answer to a JSON schema; newer models can.")
            }
            format = ["type": "json_schema", "schema": schema]
        }
        if effort == nil && format == nil { return nil }
        return .members(["effort": effort.map { .string($0.rawValue) }, "format": format])
    }

    /// Temperature ends at 1 here.
    func setSampling(_ request: ChatRequest, _ model: AnthropicModel, thinks: Bool, _ draft: inout RequestDraft) {
        if !model.takesSampling || thinks {
            let why = model.takesSampling ? "while it thinks" : "any more"
            if let temperature = request.temperature, temperature != 1 {
                draft.ignore("\(request.model) takes no temperature \(why); it was left out.")
            }
            if let topP = request.topP, topP != 1 {
                draft.ignore("\(request.model) takes no top-p \(why); it was left out.")
            }
            return
        }
        if let temperature = request.temperature {
            if temperature > 1 { draft.ignore("Anthropic's temperature ends at 1; 1 is used.") }
            draft.set("temperature", .double(min(temperature, 1)))
            if request.topP != nil, !model.takesBothSamplings {
                return draft.ignore("\(request.model) takes either temperature or top-p; top-p was left out.")
            }
        }
        draft.set("top_p", request.topP.map { .double($0) })
    }
}
