internal import LAICore
internal import LAIWire

/// The members of an event, in whatever order they came. They lie in the payload's bytes.
struct ResponsesEvent {
    var type: JSONString?
    var outputIndex = 0
    var contentIndex = 0
    var summaryIndex: Int?
    var delta: JSONString?
    var text: JSONString?
    var refusal: JSONString?
    var itemRaw: UnsafeRawBufferPointer?
    var response: UnsafeRawBufferPointer?
    var annotation: UnsafeRawBufferPointer?
    var error: UnsafeRawBufferPointer?
    var code: UnsafeRawBufferPointer?
    var message: JSONString?
    /// The whole payload, when it has no type and so is no event.
    var whole: UnsafeRawBufferPointer?

    /// The part of its item that the event is about.
    var partIndex: Int { summaryIndex ?? contentIndex }

    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.peek() == .object else {
            try reader.skip()
            return false
        }
        let start = reader.position
        try reader.beginObject()
        while let key = try reader.nextKey() {
            if key == "type" {
                type = try reader.optionalRawString()
            } else if key == "delta" {
                delta = try reader.optionalRawString()
            } else if key == "output_index" {
                outputIndex = try reader.optionalInt() ?? 0
            } else if key == "content_index" {
                contentIndex = try reader.optionalInt() ?? 0
            } else if key == "summary_index" {
                summaryIndex = try reader.optionalInt()
            } else if key == "item" {
                itemRaw = try reader.rawValue()
            } else if key == "response" {
                response = try reader.rawValue()
            } else if key == "text" {
                text = try reader.optionalRawString()
            } else if key == "refusal" {
                refusal = try reader.optionalRawString()
            } else if key == "annotation" {
                annotation = try reader.rawValue()
            } else if key == "error" {
                error = try reader.rawValue()
            } else if key == "code" {
                code = try reader.rawValue()
            } else if key == "message" {
                message = try reader.optionalRawString()
            } else {
                try reader.skip()
            }
        }
        if type == nil { whole = reader.bytes(since: start) }
        return true
    }

    func item() throws(JSONError) -> JSONValue? {
        guard let itemRaw else { return nil }
        return try JSONValue.reading(itemRaw)
    }

    func wholeResponse() throws(JSONError) -> JSONValue? {
        guard let response else { return nil }
        return try JSONValue.reading(response)
    }

    /// The id and the model of a response that begins. The rest repeats the request, tools and all: it is passed over.
    func head() throws(JSONError) -> (id: String?, model: String?)? {
        guard let response else { return nil }
        var reader = JSONReader(unsafeBytes: response)
        guard try reader.beginObjectOrSkip() else { return nil }
        var id: String?
        var model: String?
        while let key = try reader.nextKey() {
            if key == "id" {
                id = try reader.optionalString()
            } else if key == "model" {
                model = try reader.optionalString()
            } else {
                try reader.skip()
            }
        }
        return (id, model)
    }

    /// The failure that an `error` event reports: flat, as the specification has it, or nested, as it was seen.
    func errorBody() throws(JSONError) -> ErrorBody {
        if let error, let body = ErrorBody(["error": try JSONValue.reading(error)]) { return body }
        var object = JSONObject()
        object["message"] = .string(message?.string ?? "The server reported an error without a message.")
        if let code { object["code"] = try JSONValue.reading(code) }
        return ErrorBody(.object(JSONObject([.init(key: "error", value: .object(object))])))!
    }

    /// The events that need nothing done: beginnings and ends of parts, and the progress of hosted tools.
    static func isKnown(_ type: JSONString) -> Bool {
        let name = type.string
        return name.hasPrefix("response.content_part.") || name.hasPrefix("response.reasoning")
            || name.hasPrefix("response.function_call") || name.hasPrefix("response.custom_tool_call")
            || name.contains("_call") || name.hasPrefix("response.mcp_") || name.hasPrefix("response.audio")
            || name.hasPrefix("response.compaction") || name == "keepalive"
    }
}

/// The usage of Responses, in the terminal event.
enum ResponsesUsage {
    static func read(_ usage: JSONValue?) -> Usage? {
        guard let usage, usage.objectValue != nil else { return nil }
        let value = Usage(
            inputTokens: usage["input_tokens"]?.intValue, outputTokens: usage["output_tokens"]?.intValue,
            cachedTokens: usage["input_tokens_details"]?["cached_tokens"]?.intValue,
            cacheWriteTokens: usage["input_tokens_details"]?["cache_write_tokens"]?.intValue,
            reasoningTokens: usage["output_tokens_details"]?["reasoning_tokens"]?.intValue)
        return value.inputTokens == nil && value.outputTokens == nil ? nil : value
    }
}
