public import LAICore

/// A page of a provider's list of models, whatever its dialect.
public struct ModelList: Sendable {
    public var models: [ModelInfo]
    /// The name of the next page, to ask for it; nil at the end.
    public var nextPage: String?

    /// Reads the answer to the call that lists models.
    /// - Throws: ``LAIError`` with the code `malformedResponse` when it holds no list.
    public init(_ body: JSONValue, dialect: Dialect) throws(LAIError) {
        guard let entries = (body["data"] ?? body["models"] ?? body).arrayValue else {
            throw LAIError(.malformedResponse, "The answer holds no list of models.")
        }
        models = entries.compactMap { ModelList.model($0, dialect) }
        if dialect == .anthropic, body["has_more"]?.boolValue == true { nextPage = body["last_id"]?.stringValue }
        if dialect == .gemini, let token = body["nextPageToken"]?.stringValue, !token.isEmpty { nextPage = token }
    }

    private static func model(_ entry: JSONValue, _ dialect: Dialect) -> ModelInfo? {
        guard let id = (entry["id"] ?? entry["name"] ?? entry["model"])?.stringValue else { return nil }
        var model = ModelInfo(id: id)
        model.displayName = (entry["display_name"] ?? entry["displayName"])?.stringValue
        if dialect != .gemini, entry["id"] != nil, let name = entry["name"]?.stringValue, name != id { model.displayName = name }
        // Each server has its own name for the context window.
        let lengths = ["context_length", "context_window", "max_model_len", "max_context_length", "inputTokenLimit", "max_input_tokens"]
        model.contextLength =
            lengths.lazy.compactMap { entry[$0]?.intValue }.first
            ?? entry["meta"]?["n_ctx"]?.intValue ?? entry["meta"]?["n_ctx_train"]?.intValue
            ?? entry["capabilities"]?["limits"]?["max_context_window_tokens"]?.intValue
        model.maxOutputTokens =
            (entry["outputTokenLimit"] ?? entry["max_completion_tokens"] ?? entry["max_tokens"])?.intValue
            ?? entry["top_provider"]?["max_completion_tokens"]?.intValue
            ?? entry["capabilities"]?["limits"]?["max_output_tokens"]?.intValue
        model.abilities = abilities(entry)
        return model
    }

    private static func abilities(_ entry: JSONValue) -> Set<ModelInfo.Ability>? {
        var found: Set<ModelInfo.Ability> = []
        if let methods = entry["supportedGenerationMethods"]?.arrayValue?.compactMap(\.stringValue) {
            if methods.contains("generateContent") { found.insert(.chat) }
            if methods.contains("embedContent") { found.insert(.embedding) }
            if entry["thinking"]?.boolValue == true { found.insert(.reasoning) }
        }
        if let parameters = entry["supported_parameters"]?.arrayValue?.compactMap(\.stringValue) {
            found.insert(.chat)
            if parameters.contains("tools") { found.insert(.tools) }
            if parameters.contains("reasoning") { found.insert(.reasoning) }
            if parameters.contains("structured_outputs") { found.insert(.structuredOutput) }
        }
        if let inputs = entry["architecture"]?["input_modalities"]?.arrayValue?.compactMap(\.stringValue) {
            if inputs.contains("image") { found.insert(.vision) }
            if inputs.contains("audio") { found.insert(.audio) }
        }
        if let capabilities = entry["capabilities"] { read(capabilities, into: &found) }
        return found.isEmpty ? nil : found
    }

    /// Capabilities come as names in a list, or as members that are true or say `supported`.
    private static func read(_ capabilities: JSONValue, into found: inout Set<ModelInfo.Ability>) {
        let names: [String]
        if let list = capabilities.arrayValue {
            names = list.compactMap(\.stringValue)
        } else {
            let members = (capabilities.objectValue?.members ?? []) + (capabilities["supports"]?.objectValue?.members ?? [])
            names = members.filter { $0.value == .bool(true) || $0.value["supported"] == .bool(true) }.map(\.key)
        }
        for name in names {
            switch name {
            case "completion", "completion_chat", "chat": found.insert(.chat)
            case "tools", "tool_calls", "function_calling", "tool_use": found.insert(.tools)
            case "vision", "image_input", "images": found.insert(.vision)
            case "thinking", "reasoning", "adaptive_thinking", "extended_thinking": found.insert(.reasoning)
            case "structured_outputs", "json_schema": found.insert(.structuredOutput)
            case "embedding", "embeddings": found.insert(.embedding)
            case "audio": found.insert(.audio)
            default: break
            }
        }
    }

    /// Adds what Ollama's `/api/show` tells of one model.
    public static func addDetails(_ show: JSONValue, to model: inout ModelInfo) {
        let info = show["model_info"]
        if let architecture = info?["general.architecture"]?.stringValue {
            model.contextLength = info?["\(architecture).context_length"]?.intValue ?? model.contextLength
        }
        var found: Set<ModelInfo.Ability> = []
        if let capabilities = show["capabilities"] { read(capabilities, into: &found) }
        if !found.isEmpty { model.abilities = found }
    }
}

/// The answers of the calls that count tokens.
public enum TokenCount {
    /// The count, or nil where the body holds none.
    public static func read(_ body: JSONValue) -> Int? {
        (body["input_tokens"] ?? body["totalTokens"] ?? body["total_tokens"])?.intValue
            ?? body["tokens"]?.arrayValue?.count
    }
}
