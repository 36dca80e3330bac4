import LAICore

extension OpenAIResponsesRequestBuilder {
    /// Unlike in the chat dialect, a function's members lie flat in the tool, and schemas are strict unless told
    /// otherwise: so `strict` is always written.
    func function(_ tool: Tool) -> JSONValue {
        .members([
            "type": "function", "name": .string(tool.name),
            "description": tool.description.isEmpty ? nil : .string(tool.description),
            "parameters": tool.schema, "strict": .bool(tool.strict ?? false),
        ])
    }

    func toolChoice(_ choice: ToolChoice?) -> JSONValue? {
        switch choice {
        case nil: nil
        case .auto: "auto"
        case .some(.none): "none"
        case .required: "required"
        case .tool(let name): ["type": "function", "name": .string(name)]
        }
    }

    /// Reasoning is asked for only where something was said about it; its encrypted form always, since without it
    /// nothing can be sent back of what was not stored. Models that do not reason refuse both.
    func setReasoning(_ request: ChatRequest, _ draft: inout RequestDraft) {
        if let reasoning = request.reasoning, let effort = draft.openAIEffort(reasoning, model: request.model) {
            let summary: JSONValue? = reasoning.isOff ? nil : "auto"
            draft.set("reasoning", .members(["effort": .string(effort), "summary": summary]))
        }
        if OpenAIModel(request.model).kind != .plain { draft.set("include", ["reasoning.encrypted_content"]) }
    }

    func format(_ format: ResponseFormat) -> JSONValue? {
        switch format {
        case .text: nil
        case .json: ["format": ["type": "json_object"]]
        case .schema(let name, let schema):
            ["format": ["type": "json_schema", "name": .string(name), "schema": schema, "strict": true]]
        }
    }
}
