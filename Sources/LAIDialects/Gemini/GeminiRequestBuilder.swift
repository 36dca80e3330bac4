public import LAICore

/// Writes requests for Gemini's `generateContent`. The base URL is the server's root.
///
/// The model stands in the path; with a stream, `alt=sse` asks for events in place of one long JSON array. The limit
/// of tokens includes thinking: a small one can leave no answer at all.
///
/// What is left out or changed with a warning: reasoning settings and levels that the model does not have. What is
/// refused as `unsupported`: more than five stop texts.
public struct GeminiRequestBuilder: RequestBuilder {
    public init() {}

    public func chat(_ request: ChatRequest) throws(LAIError) -> WireRequest {
        try request.check()
        var draft = RequestDraft(to: "Gemini")
        let model = GeminiModel(request.model)
        let transcript = try Transcript(request, for: .gemini, tagsSystem: true)
        draft.set("contents", .array(contents(transcript, model, &draft)))
        draft.set("systemInstruction", transcript.system.map { ["parts": [["text": .string($0)]]] })
        setTools(request, &draft)
        draft.set("generationConfig", nonEmptyObject: try generationConfig(request, model, &draft))
        let method = request.streams ? ":streamGenerateContent?alt=sse" : ":generateContent"
        return draft.finished(path: "/v1beta/\(Self.path(request.model))\(method)", extra: request.extra)
    }

    /// - Parameter page: the `nextPageToken` of the page before.
    public func models(page: String?) -> WireRequest {
        let token = page.map { "&pageToken=" + $0.percentEncoded } ?? ""
        return WireRequest(.get, path: "/v1beta/models?pageSize=1000" + token)
    }

    /// Counts the whole request, system text and tools included, which a bare list of contents would leave out.
    public func countTokens(_ request: ChatRequest) throws(LAIError) -> WireRequest? {
        var wire = try chat(request)
        var inner = JSONObject()
        inner.append("model", .string(Self.resource(request.model)))
        inner.merge(wire.body?.objectValue ?? JSONObject())
        wire.body = ["generateContentRequest": .object(inner)]
        wire.path = "/v1beta/\(Self.path(request.model)):countTokens"
        return wire
    }

    /// `models/gemini-2.5-flash`, whether or not the name came with its collection.
    private static func resource(_ model: String) -> String {
        model.hasPrefix("models/") || model.hasPrefix("tunedModels/") ? model : "models/" + model
    }

    private static func path(_ model: String) -> String {
        let parts = resource(model).split(separator: "/", maxSplits: 1)
        return "\(parts[0])/\(parts.count > 1 ? String(parts[1]).percentEncoded : "")"
    }
}
