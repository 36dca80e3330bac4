public import LAICore

/// Writes requests for OpenAI's Chat Completions API and the many servers that speak it. The base URL ends in `/v1`.
///
/// What is left out with a warning: reasoning settings and levels that the server or model does not have, temperature
/// and top-p where OpenAI's reasoning models refuse them, and pictures of the assistant, which no message of its may
/// hold. What is refused as `unsupported`, because the answer would be another one: pictures and files that the
/// server cannot take, a response schema where it knows none, and more stop texts than it allows.
///
/// That a tool failed has no place in this dialect: the result's text says it.
public struct OpenAIChatRequestBuilder: RequestBuilder {
    /// What the server does in its own way.
    public let quirks: ChatQuirks

    /// - Parameter quirks: what the server does in its own way; see ``ServerPreset`` for the well-known ones.
    public init(quirks: ChatQuirks = ChatQuirks()) { self.quirks = quirks }

    public func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest {
        try request.check()
        var draft = RequestDraft(to: quirks.server)
        draft.set("model", .string(request.model))
        draft.set("messages", .array(try messages(request, &draft)))
        setTools(request, &draft)
        if let reasoning = request.reasoning { setReasoning(reasoning, model: request.model, &draft) }
        draft.set("response_format", try responseFormat(request.format, draft))
        draft.set(quirks.maxTokensField.rawValue, request.maxTokens.map { .int($0) })
        draft.setOpenAISampling(request, knowsModels: quirks.reasoning == .openAI)
        if let most = quirks.maxStopTexts, request.stop.count > most {
            throw draft.unsupported("\(quirks.server) takes at most \(most) stop texts, not \(request.stop.count).")
        }
        draft.set("stop", nonEmpty: request.stop.map { .string($0) })
        draft.set(quirks.seedField, request.seed.map { .int($0) })
        draft.set("stream", .bool(request.streams))
        // With `stream` false, `stream_options` is an error.
        if request.streams, quirks.takesStreamOptions { draft.set("stream_options", ["include_usage": true]) }
        return draft.finished(path: "/chat/completions", extra: request.extra)
    }

    public func models(page: String?) -> WireRequest { WireRequest(.get, path: "/models") }

    /// The dialect has no such call.
    public func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest? { nil }
}
