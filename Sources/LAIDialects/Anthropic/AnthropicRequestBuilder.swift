public import LAICore

/// Writes requests for Anthropic's Messages API, which other servers speak too. The base URL is the server's root.
///
/// `max_tokens` is demanded; without a limit of the request's own it is what every model of the generation can do.
/// How thinking is asked for depends on the model: older ones take a budget, which must be at least 1024 and less than
/// `max_tokens`; newer ones an effort, and a budget becomes the nearest effort.
///
/// What is left out with a warning: a seed; temperature and top-p beside thinking, or where the model takes none;
/// thinking beside a forced tool call; pictures of the assistant. There is no JSON mode: the model is told in the
/// system text. What is refused as `unsupported`: files that are neither PDF nor text, a response schema or a forced
/// tool call where the model has none, and a last message of the assistant where the model does not continue it.
public struct AnthropicRequestBuilder: RequestBuilder {
    static let callIDs = ToolCallIDRule.word(maxLength: 64)
    private static let headers = [(name: "anthropic-version", value: "2023-06-01")]

    public init() {}

    public func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest {
        try request.check()
        let model = AnthropicModel(request.model)
        var draft = RequestDraft(to: "Anthropic")
        let transcript = try Transcript(request, for: .anthropic, tagsSystem: true)
        let messages = try messages(transcript, model, request.model, &draft)
        let thinking = try thinking(request, model, canThink: canThink(messages), &draft)
        draft.set("model", .string(request.model))
        draft.set("max_tokens", .int(thinking.maxTokens))
        draft.set("system", system(transcript.system, request.format, &draft).map { .string($0) })
        draft.set("messages", .array(messages))
        draft.set("tools", nonEmpty: request.tools.map(tool))
        if !request.tools.isEmpty { draft.set("tool_choice", toolChoice(request.toolChoice)) }
        draft.set("thinking", thinking.config)
        draft.set("output_config", try outputConfig(request, model, effort: thinking.effort, draft))
        setSampling(request, model, thinks: thinking.isOn, &draft)
        draft.set("stop_sequences", nonEmpty: request.stop.map { .string($0) })
        if request.seed != nil { draft.ignore("Anthropic takes no seed; it was left out.") }
        draft.set("stream", .bool(request.streams))
        return draft.finished(path: "/v1/messages", headers: Self.headers, extra: request.extra)
    }

    /// - Parameter page: the `last_id` of the page before.
    public func models(page: String?) -> WireRequest {
        let after = page.map { "&after_id=" + $0.percentEncoded } ?? ""
        return WireRequest(.get, path: "/v1/models?limit=1000" + after, headers: Self.headers)
    }

    public func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest? {
        try chat(request).keeping(
            ["model", "messages", "system", "tools", "tool_choice", "thinking", "output_config", "cache_control"],
            path: "/v1/messages/count_tokens")
    }

    private func system(_ text: String?, _ format: ResponseFormat, _ draft: inout RequestDraft) -> String? {
        guard format == .json else { return text }
        draft.ignore("Anthropic has no JSON mode; the system text asks for JSON instead.")
        let demand = "Answer with one JSON object and nothing else."
        return text.map { $0 + "\n\n" + demand } ?? demand
    }
}
