public import LAICore

/// Writes requests for OpenAI's Responses API, which other servers speak too. The base URL ends in `/v1`.
///
/// Nothing is stored at the provider (`store` false): the conversation goes with every request, and reasoning comes
/// and goes encrypted. The API has neither stop texts, which are refused as `unsupported`, since the answer would run
/// on, nor a seed, which is left out with a warning. An answer may not be limited to fewer than 16 tokens: a smaller
/// limit becomes 16, with a warning. A response schema is held to strictly, which demands that it names every property
/// as required and allows no other.
///
/// That a tool failed has no place in this dialect: the result's text says it.
public struct OpenAIResponsesRequestBuilder: RequestBuilder {
    static let callIDs = ToolCallIDRule.word(maxLength: 64)

    public init() {}

    public func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest {
        try request.check()
        var draft = RequestDraft(to: "OpenAI")
        if !request.stop.isEmpty {
            throw draft.unsupported(
                "OpenAI's Responses API has no stop texts; the dialect `openai-chat` of the same provider has.")
        }
        let transcript = try Transcript(request, for: .openAIResponses, tagsSystem: false)
        draft.set("model", .string(request.model))
        draft.set("instructions", transcript.system.map { .string($0) })
        draft.set("input", .array(try input(transcript, &draft)))
        draft.set("tools", nonEmpty: request.tools.map(function))
        if !request.tools.isEmpty { draft.set("tool_choice", toolChoice(request.toolChoice)) }
        setReasoning(request, &draft)
        draft.set("text", format(request.format))
        draft.set("max_output_tokens", maxOutputTokens(request, &draft))
        draft.setOpenAISampling(request)
        if request.seed != nil { draft.ignore("OpenAI's Responses API takes no seed; it was left out.") }
        draft.set("store", false)
        draft.set("stream", .bool(request.streams))
        return draft.finished(path: "/responses", extra: request.extra)
    }

    public func models(page: String?) -> WireRequest { WireRequest(.get, path: "/models") }

    public func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest? {
        try chat(request).keeping(
            [
                "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text",
                "conversation", "previous_response_id", "truncation",
            ], path: "/responses/input_tokens")
    }

    private func maxOutputTokens(_ request: ChatRequest, _ draft: inout RequestDraft) -> JSONValue? {
        guard let tokens = request.maxTokens else { return nil }
        if tokens < 16 {
            draft.ignore("OpenAI's Responses API limits an answer to no fewer than 16 tokens; 16 is used.")
        }
        return .int(max(tokens, 16))
    }
}
