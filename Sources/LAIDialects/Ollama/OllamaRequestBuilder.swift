public import LAICore

/// Writes requests for Ollama's own API. The base URL is the server's root.
///
/// `stream` is always written, because Ollama streams when nothing is said. Options of the model stand in `options`;
/// others, such as `num_ctx`, come through ``ChatRequest/extra``: without `num_ctx`, or with `truncate` left true,
/// Ollama cuts a long conversation silently.
///
/// What is refused as `unsupported`, because the answer would be another one: a tool call that must be made, pictures
/// by their address, and files other than text. A choice of no tool simply offers none. Left out or changed with a
/// warning: efforts that Ollama does not have, a reasoning budget, and pictures of the assistant.
///
/// That a tool failed has no place in this dialect: the result's text says it.
public struct OllamaRequestBuilder: RequestBuilder {
    public init() {}

    public func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest {
        try request.check()
        var draft = RequestDraft(to: "Ollama")
        if request.forcesTool {
            throw draft.unsupported("Ollama cannot make a model call a tool; it can only offer tools.")
        }
        draft.set("model", .string(request.model))
        draft.set("messages", .array(try messages(request, &draft)))
        if request.toolChoice != ToolChoice.none { draft.set("tools", nonEmpty: request.tools.map(function)) }
        draft.set("format", format(request.format))
        if let reasoning = request.reasoning { draft.set("think", think(reasoning, &draft)) }
        draft.set("options", nonEmptyObject: options(request))
        draft.set("stream", .bool(request.streams))
        return draft.finished(path: "/api/chat", extra: request.extra)
    }

    public func models(page: String?) -> WireRequest { WireRequest(.get, path: "/api/tags") }

    /// The dialect has no such call.
    public func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest? { nil }

    private func function(_ tool: Tool) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description), "parameters": tool.schema,
            ],
        ]
    }

    /// A schema stands where the word `json` would; it has no name.
    private func format(_ format: ResponseFormat) -> JSONValue? {
        switch format {
        case .text: nil
        case .json: "json"
        case .schema(_, let schema): schema
        }
    }

    /// A switch or a level: models that know no levels take any as "on".
    private func think(_ reasoning: Reasoning, _ draft: inout RequestDraft) -> JSONValue {
        if reasoning.isOff { return false }
        return draft.level(reasoning, of: "Ollama", among: [.low, .medium, .high, .max]).map { .string($0.rawValue) }
            ?? true
    }

    private func options(_ request: ChatRequest) -> JSONValue {
        .members([
            "num_predict": request.maxTokens.map { .int($0) },
            "stop": request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }),
            "temperature": request.temperature.map { .double($0) },
            "top_p": request.topP.map { .double($0) },
            "seed": request.seed.map { .int($0) },
        ])
    }
}
