import LAICore

extension ChatRequest {
    /// Refuses what no provider could understand, before anything is sent.
    /// - Throws: ``LAIError`` with the code `invalidRequest`.
    func check() throws(LAIError) {
        if model.isEmpty { throw invalid("The request names no model.") }
        if messages.isEmpty { throw invalid("The request holds no message.") }
        if let temperature, !temperature.isFinite || temperature < 0 {
            throw invalid("The temperature must be a number from 0 up, not \(temperature).")
        }
        if let topP, !topP.isFinite || topP <= 0 || topP > 1 {
            throw invalid("Top-p must be over 0 and at most 1, not \(topP).")
        }
        if let maxTokens, maxTokens < 1 {
            throw invalid("The most tokens to generate must be at least 1, not \(maxTokens).")
        }
        if case .budget(let tokens) = reasoning, tokens < 0 {
            throw invalid("The reasoning budget cannot be negative (\(tokens)).")
        }
        if stop.contains("") { throw invalid("A stop text is empty.") }
        if case .schema(let name, let schema) = format {
            if name.isEmpty { throw invalid("The response schema has no name.") }
            if schema.objectValue == nil { throw invalid("The response schema is no JSON object.") }
        }
        try checkTools()
    }

    private func checkTools() throws(LAIError) {
        var names: Set<String> = []
        for tool in tools {
            if tool.name.isEmpty { throw invalid("A tool has no name.") }
            if !names.insert(tool.name).inserted { throw invalid("Two tools are called `\(tool.name)`.") }
            if tool.parameters.objectValue == nil, !tool.parameters.isNull {
                throw invalid("The parameters of the tool `\(tool.name)` are no JSON Schema object.")
            }
        }
        switch toolChoice {
        case .required where tools.isEmpty:
            throw invalid("A tool call is required, but no tool is offered.")
        case .tool(let name) where !names.contains(name):
            throw invalid("The tool `\(name)` must be called, but it is not offered.")
        default: break
        }
    }

    private func invalid(_ sentence: String) -> LAIError { LAIError(.invalidRequest, sentence) }
}

extension ChatRequest {
    /// Whether the model must call a tool.
    var forcesTool: Bool {
        switch toolChoice {
        case .required, .tool: true
        case .auto, .some(.none), nil: false
        }
    }
}
