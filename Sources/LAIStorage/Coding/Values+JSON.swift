internal import LAICore

extension Citation {
    var json: JSONValue { JSONValue.members([("url", url), ("title", title), ("quote", quote)]) }

    init(json: JSONValue) {
        self.init(url: json["url"]?.stringValue, title: json["title"]?.stringValue, quote: json["quote"]?.stringValue)
    }
}

extension Media {
    func json(type: String) -> JSONValue {
        var object = JSONObject([.init(key: "type", value: .string(type)), .init(key: "media_type", value: .string(mediaType))])
        if let name { object.append("name", .string(name)) }
        switch source {
        case .base64(let data): object.append("base64", .string(data))
        case .url(let url): object.append("url", .string(url))
        }
        return .object(object)
    }

    init(json: JSONValue) throws(LAIError) {
        let source: Source =
            if let data = json["base64"]?.stringValue { .base64(data) } else { .url(try json.text("url")) }
        self.init(mediaType: try json.text("media_type"), name: json["name"]?.stringValue, source: source)
    }
}

extension ToolCall {
    var json: JSONValue {
        var object = JSONObject([
            .init(key: "type", value: "tool_call"), .init(key: "id", value: .string(id)), .init(key: "name", value: .string(name)),
            .init(key: "arguments", value: .string(arguments)),
        ])
        if isCustom { object.append("custom", true) }
        object.append(opaque)
        return .object(object)
    }

    init(json: JSONValue) throws(LAIError) {
        self.init(
            id: try json.text("id"), name: try json.text("name"), arguments: try json.text("arguments"),
            isCustom: json["custom"]?.boolValue ?? false, opaque: Opaque(json: json["opaque"]))
    }
}

extension Usage {
    var json: JSONValue {
        var others = JSONObject([.init(key: "source", value: .string(source.rawValue))])
        if let cost { others.append("cost", .double(cost)) }
        return JSONValue.members([
            ("input_tokens", inputTokens), ("output_tokens", outputTokens), ("cached_tokens", cachedTokens),
            ("cache_write_tokens", cacheWriteTokens), ("reasoning_tokens", reasoningTokens),
        ], .object(others))
    }

    init?(json: JSONValue?) {
        guard let json, let source = json["source"]?.stringValue.flatMap(Source.init) else { return nil }
        self.init(
            inputTokens: json["input_tokens"]?.intValue, outputTokens: json["output_tokens"]?.intValue,
            cachedTokens: json["cached_tokens"]?.intValue, cacheWriteTokens: json["cache_write_tokens"]?.intValue,
            reasoningTokens: json["reasoning_tokens"]?.intValue, source: source)
        cost = json["cost"]?.doubleValue
    }
}

extension LAIError {
    var json: JSONValue {
        var object = JSONObject([.init(key: "code", value: .string(code.description)), .init(key: "message", value: .string(message))])
        if let provider { object.append("provider", .string(provider)) }
        if let status { object.append("status", .int(status)) }
        if let retryAfter { object.append("retry_after", .double(retryAfter / .seconds(1))) }
        if let providerMessage { object.append("provider_message", .string(providerMessage)) }
        if let providerType { object.append("provider_type", .string(providerType)) }
        if let providerCode { object.append("provider_code", .string(providerCode)) }
        if isRetryable { object.append("retryable", true) }
        return .object(object)
    }

    init?(json: JSONValue?) {
        guard let json, let message = json["message"]?.stringValue else { return nil }
        let code = json["code"]?.stringValue.flatMap(Code.init(name:)) ?? .providerFailure
        self.init(
            code, message, provider: json["provider"]?.stringValue, status: json["status"]?.intValue,
            isRetryable: json["retryable"]?.boolValue ?? false)
        retryAfter = json["retry_after"]?.doubleValue.map { .milliseconds(Int64($0 * 1000)) }
        providerMessage = json["provider_message"]?.stringValue
        providerType = json["provider_type"]?.stringValue
        providerCode = json["provider_code"]?.stringValue
    }
}

extension JSONValue {
    /// An object of those members that are there.
    static func members(_ texts: [(String, String?)], _ others: JSONValue = [:]) -> JSONValue {
        object(JSONObject(texts.compactMap { key, text in text.map { .init(key: key, value: .string($0)) } } + (others.objectValue?.members ?? [])))
    }

    static func members(_ numbers: [(String, Int?)], _ others: JSONValue = [:]) -> JSONValue {
        object(JSONObject(numbers.compactMap { key, number in number.map { .init(key: key, value: .int($0)) } } + (others.objectValue?.members ?? [])))
    }
}
