internal import LAICore
internal import LAIWire

/// Decodes Ollama's own API: the lines of `/api/chat` and `/api/generate`, and the progress of `/api/pull`.
/// A line with `"done":true` is the end; one with `error` is the end too.
struct OllamaDecoder: DialectDecoder {
    private var callCount = 0
    private var statuses: Set<String> = []

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var model: JSONString?
        var line = OllamaMessage()
        var isDone = false
        var reason: String?
        var input: Int?
        var output: Int?
        var error: JSONValue?
        var status: String?
        var hasMessage = false
        guard try reader.beginObjectOrSkip() else { return answer.countUnknownEvent() }
        while let key = try reader.nextKey() {
            if key == "message" {
                hasMessage = try line.read(&reader) || hasMessage
            } else if key == "done" {
                isDone = try reader.optionalBool() ?? false
            } else if key == "model" {
                model = try reader.optionalRawString()
            } else if key == "response" {
                hasMessage = true
                line.content = try reader.optionalRawString()
            } else if key == "thinking" {
                line.thinking = try reader.optionalRawString()
            } else if key == "done_reason" {
                reason = try reader.optionalString()
            } else if key == "prompt_eval_count" {
                input = try reader.optionalInt()
            } else if key == "eval_count" {
                output = try reader.optionalInt()
            } else if key == "error" {
                error = try reader.value()
            } else if key == "status" {
                status = try reader.optionalString()
            } else {
                try reader.skip()
            }
        }
        if let error, !error.isNull, let body = ErrorBody(["error": error]) {
            answer.fail(body)
            return answer.end()
        }
        if hasMessage || isDone, !answer.isStarted { answer.start(id: nil, model: model?.string) }
        if hasMessage { try take(line, &answer) }
        if let status { take(status, &answer) }
        if answer.isEnded { return }
        if isDone {
            if input != nil || output != nil { answer.usage = Usage(inputTokens: input, outputTokens: output) }
            finish(reason, &answer)
        } else if !hasMessage && status == nil {
            answer.countUnknownEvent()
        }
    }

    private mutating func take(_ message: OllamaMessage, _ answer: inout Answer) throws(JSONError) {
        if let thinking = message.thinking { answer.append(thinking.string, .reasoning) }
        if let content = message.content { answer.append(content.string, .text) }
        guard let raw = message.toolCalls else { return }
        var reader = JSONReader(unsafeBytes: raw)
        // Always whole, each a call of its own: `index` may be 0 for several.
        for call in try reader.value().arrayValue ?? [] {
            let function = call["function"] ?? call
            let arguments = function["arguments"] ?? .object(JSONObject())
            let whole = ToolCall(
                id: call["id"]?.stringValue ?? "lai_\(callCount)", name: function["name"]?.stringValue ?? "",
                arguments: arguments.stringValue ?? arguments.text)
            callCount += 1
            answer.closePlain()
            let block = answer.open(.toolCall(id: whole.id, name: whole.name, isCustom: false))
            answer.delta(block, whole.arguments)
            answer.events.append(.toolCall(block: block, whole))
            answer.close(block)
        }
    }

    /// A pull tells what it is doing, each step many times over.
    private mutating func take(_ status: String, _ answer: inout Answer) {
        if statuses.insert(status).inserted { answer.warn(.provider, status) }
        if status == "success" { finish(nil, &answer) }
    }

    private mutating func finish(_ reason: String?, _ answer: inout Answer) {
        answer.isComplete = true
        answer.finish.rawReason = reason
        switch reason {
        case nil, "stop", "load", "unload": answer.finish.reason = .stop
        case "length": answer.finish.reason = .length
        case let other?:
            answer.warn(.irregular, "\(answer.provider) ended with a reason unknown to LAI: \(other).")
        }
        finish(into: &answer)
        answer.end()
    }

    mutating func finish(into answer: inout Answer) { answer.closePlain() }
}

/// The message of one line. Its values lie in the line's bytes.
struct OllamaMessage {
    var content: JSONString?
    var thinking: JSONString?
    var toolCalls: UnsafeRawBufferPointer?

    mutating func read(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        guard try reader.beginObjectOrSkip() else { return false }
        while let key = try reader.nextKey() {
            if key == "content" {
                content = try reader.optionalRawString()
            } else if key == "thinking" {
                thinking = try reader.optionalRawString()
            } else if key == "tool_calls" {
                toolCalls = try reader.skipNull() ? nil : try reader.rawValue()
            } else {
                try reader.skip()
            }
        }
        return true
    }
}
