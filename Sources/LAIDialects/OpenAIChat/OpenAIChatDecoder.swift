internal import LAICore
internal import LAIWire

/// Decodes OpenAI's Chat Completions and the many servers that speak it, each in its own way: chunks of a stream and
/// whole bodies alike. The rules that the servers taught are with the code that follows them.
struct OpenAIChatDecoder: DialectDecoder {
    /// The tool calls so far, in their order.
    private var calls: [Call] = []
    /// The usage and the reason may come before or behind each other: only `[DONE]` or the end of the bytes ends.
    private var rawReason: String?
    private var reasoningDetails: [String] = []
    private var reasoningBlock = -1
    /// The blocks of further choices, by the choice's number.
    private var alternatives: [Int: Int] = [:]
    private var usage = ChatUsage()
    private var repeated = ChatRepetition()
    private var citedURLs: Set<String> = []

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var id: JSONString?
        var model: JSONString?
        var isError = false
        var padding: JSONString?
        repeated.begin()
        guard try reader.beginObjectOrSkip() else { return answer.countUnknownEvent() }
        var isKnown = false
        while let key = try reader.nextKey() {
            if key == "choices" {
                isKnown = true
                if !answer.isStarted { answer.start(id: id?.string, model: model?.string) }
                try readChoices(&reader, into: &answer)
            } else if key == "id" {
                id = try reader.optionalRawString()
            } else if key == "model" {
                model = try reader.optionalRawString()
            } else if key == "usage" {
                isKnown = true
                if try usage.read(&reader) { answer.usage = usage.value; repeated.isPlain = false }
            } else if key == "obfuscation" {
                padding = try reader.optionalRawString()
            } else if key == "error" {
                isError = try readError(&reader, into: &answer) || isError
                repeated.isPlain = false
            } else if key == "x_groq" {
                repeated.isPlain = false
                try readGroq(&reader, into: &answer)
            } else if key == "citations" {
                repeated.isPlain = false
                try readCitations(&reader, into: &answer)
            } else if key == "object" {
                // Old vLLM and Mistral report a failure as a flat object of this kind.
                if try reader.optionalRawString().map({ $0 == "error" }) == true { isError = true; isKnown = true; flatErrorPending = true }
            } else if flatErrorPending, key == "message" {
                if let message = try reader.optionalString() { failFlat(message, into: &answer) }
            } else {
                if key == "detail" || key == "message" {
                    flatMessage = try reader.value()
                } else {
                    try reader.skip()
                }
            }
        }
        if !isKnown, !isError, let message = flatMessage,
            let body = ErrorBody(.object(JSONObject([.init(key: message.stringValue == nil ? "detail" : "message", value: message)])))
        {
            answer.fail(body)
            isError = true
        }
        flatMessage = nil
        if !answer.isStarted, id != nil || model != nil { answer.start(id: id?.string, model: model?.string) }
        if !isKnown && !isError { answer.countUnknownEvent() }
        repeated.learn(reader.text, padding: padding)
    }

    mutating func decodeRepeated(_ payload: UnsafeRawBufferPointer, into answer: inout Answer) -> Bool {
        guard let (text, kind) = repeated.match(payload) else { return false }
        answer.append(text.string, kind)
        return true
    }

    private var flatErrorPending = false
    private var flatMessage: JSONValue?

    private mutating func failFlat(_ message: String, into answer: inout Answer) {
        if let body = ErrorBody(["message": .string(message)]) { answer.fail(body) }
    }

    // MARK: Choices

    private mutating func readChoices(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) {
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() {
            guard try reader.beginObjectOrSkip() else { continue }
            var choice = 0
            var delta = ChatDelta()
            var reason: JSONString?
            while let key = try reader.nextKey() {
                if key == "delta" || key == "message" {
                    // Perplexity repeats the whole message beside each delta; the delta, when there is one, counts.
                    if key == "delta" {
                        delta.prefer()
                        try delta.read(&reader)
                    } else if delta.isDelta {
                        try reader.skip()
                    } else {
                        try delta.read(&reader)
                    }
                } else if key == "finish_reason" {
                    reason = try reader.optionalRawString()
                } else if key == "index" {
                    choice = try reader.optionalInt() ?? 0
                } else if key == "usage" {
                    if try usage.read(&reader) { answer.usage = usage.value }
                } else {
                    try reader.skip()
                }
            }
            repeated.note(delta, isOnly: choice == 0 && reason == nil)
            if choice == 0 {
                try take(delta, into: &answer)
                // A later chunk may carry null, or the reason again: the last one that says something counts.
                if let reason, !reason.isEmpty { rawReason = reason.string; answer.isComplete = true }
            } else if let text = delta.text, !text.isEmpty {
                let block = alternatives[choice] ?? answer.open(.alternative(choice: choice))
                alternatives[choice] = block
                answer.delta(block, text.string)
            }
        }
    }

    private mutating func take(_ delta: ChatDelta, into answer: inout Answer) throws(JSONError) {
        if let text = delta.reasoning {
            answer.append(text.string, .reasoning)
        }
        if let details = delta.reasoningDetails {
            try collect(details, into: &answer)
        }
        if let text = delta.text { answer.append(text.string, .text) }
        if let raw = delta.contentParts { try takeParts(raw, into: &answer) }
        if let text = delta.refusal { answer.append(text.string, .refusal) }
        if let raw = delta.toolCalls { try readToolCalls(raw, into: &answer) }
        if let raw = delta.functionCall { try readFunctionCall(raw, into: &answer) }
        if let raw = delta.annotations {
            var reader = JSONReader(unsafeBytes: raw)
            for annotation in try reader.value().arrayValue ?? [] {
                let source = annotation["url_citation"] ?? annotation
                cite(source["url"]?.stringValue, source["title"]?.stringValue, into: &answer)
            }
        }
        if let raw = delta.images { try takeImages(raw, into: &answer) }
    }

    /// Content as parts: text, and Mistral's thinking, whose own parts are text.
    private func takeParts(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        for part in try JSONValue.reading(raw).arrayValue ?? [] {
            if let thought = part["thinking"] {
                let pieces = thought.arrayValue?.compactMap { $0["text"]?.stringValue } ?? [thought.stringValue ?? ""]
                answer.append(pieces.joined(), .reasoning)
            } else if let text = part["text"]?.stringValue ?? part.stringValue {
                answer.append(text, .text)
            }
        }
    }

    /// OpenRouter's pictures: `[{"image_url":{"url":"data:image/png;base64,…"}}]`.
    private func takeImages(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        for image in try JSONValue.reading(raw).arrayValue ?? [] {
            guard let url = image["image_url"]?["url"]?.stringValue else { continue }
            answer.closePlain()
            let block = answer.open(.media)
            let media = Media(dataURL: url) ?? Media(mediaType: "image/*", source: .url(url))
            answer.events.append(.media(block: block, media))
            answer.close(block)
        }
    }

    // MARK: Reasoning that must be sent back

    /// OpenRouter's structured reasoning: kept to be sent back with the results of tools. Its text comes in `reasoning`
    /// as well, and is not counted twice.
    private mutating func collect(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() { reasoningDetails.append(try reader.rawText()) }
        if !reasoningDetails.isEmpty, reasoningBlock < 0 { reasoningBlock = answer.plainBlock(.reasoning) }
    }

    // MARK: Tool calls

    private struct Call {
        var index: Int
        var id: String
        var name: String
        var arguments = ""
        var isCustom = false
        var block = -1
    }

    private mutating func readToolCalls(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginArrayOrSkip() else { return }
        var position = 0
        while try reader.nextElement() {
            var fragment = ChatToolCallFragment()
            try fragment.read(&reader)
            // Without an index the place in the array counts (Mistral).
            let index = fragment.index ?? position
            position += 1
            apply(fragment, index: index, into: &answer)
        }
    }

    private mutating func readFunctionCall(_ raw: UnsafeRawBufferPointer, into answer: inout Answer) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        var fragment = ChatToolCallFragment()
        try fragment.readFunction(&reader)
        apply(fragment, index: -1, into: &answer)
    }

    private mutating func apply(_ fragment: ChatToolCallFragment, index: Int, into answer: inout Answer) {
        // A new id with a name on a used index is another call (Gemini behind OpenRouter: fifteen on index 0).
        let last = calls.lastIndex { $0.index == index }
        let isNew =
            last.map { at in
                !fragment.id.isEmpty && !fragment.name.isEmpty && !calls[at].id.isEmpty && fragment.id != calls[at].id
            } ?? true
        let at: Int
        if isNew {
            calls.append(Call(index: index, id: fragment.id, name: fragment.name))
            at = calls.count - 1
        } else {
            at = last!
            if calls[at].name.isEmpty { calls[at].name = fragment.name }
            if calls[at].id.isEmpty { calls[at].id = fragment.id }
        }
        if fragment.isCustom { calls[at].isCustom = true }
        calls[at].arguments += fragment.arguments
        if calls[at].block < 0 {
            // The block begins once the name is known; until then the arguments wait.
            guard !calls[at].name.isEmpty else { return }
            answer.closePlain()
            if calls[at].id.isEmpty { calls[at].id = "lai_\(calls.count - 1)" }
            let call = calls[at]
            calls[at].block = answer.open(.toolCall(id: call.id, name: call.name, isCustom: call.isCustom))
            answer.delta(calls[at].block, call.arguments)
        } else {
            answer.delta(calls[at].block, fragment.arguments)
        }
    }

    // MARK: Others

    private mutating func readError(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) -> Bool {
        if try reader.skipNull() { return false }
        let value = try reader.value()
        if value == .string("") || value == .bool(false) { return false }
        guard let body = ErrorBody(["error": value]) else { return false }
        answer.fail(body)
        return true
    }

    /// Old Groq has the usage only here.
    private mutating func readGroq(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) {
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            if key == "usage" {
                if try usage.read(&reader) { answer.usage = usage.value }
            } else if key == "error" {
                _ = try readError(&reader, into: &answer)
            } else {
                try reader.skip()
            }
        }
    }

    /// Perplexity's list of addresses, which every chunk repeats.
    private mutating func readCitations(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) {
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() {
            if let url = try reader.optionalString() { cite(url, nil, into: &answer) }
        }
    }

    private mutating func cite(_ url: String?, _ title: String?, into answer: inout Answer) {
        guard let url, citedURLs.insert(url).inserted else { return }
        answer.events.append(.citation(block: answer.plainBlock(.text), Citation(url: url, title: title)))
    }

    mutating func finish(into answer: inout Answer) {
        if !reasoningDetails.isEmpty {
            let json = #"{"reasoning_details":["# + reasoningDetails.joined(separator: ",") + "]}"
            answer.events.append(.opaque(block: reasoningBlock, Opaque(dialect: Dialect.openAIChat.rawValue, json: json)))
            reasoningDetails = []
        }
        answer.closePlain()
        for call in calls {
            guard call.block >= 0 else { continue }
            let arguments = call.arguments.isEmpty && !call.isCustom ? "{}" : call.arguments
            answer.events.append(
                .toolCall(
                    block: call.block,
                    ToolCall(id: call.id, name: call.name, arguments: arguments, isCustom: call.isCustom)))
            answer.close(call.block)
        }
        calls = []
        for block in alternatives.values.sorted() { answer.close(block) }
        alternatives = [:]
        guard let rawReason else { return }
        answer.finish.rawReason = rawReason
        switch rawReason {
        case "stop", "eos": answer.finish.reason = .stop
        case "length", "model_length", "max_tokens": answer.finish.reason = .length
        case "tool_calls", "function_call": answer.finish.reason = .toolCalls
        case "content_filter": answer.finish.reason = .contentFilter
        case "error": answer.fail(LAIError(.providerFailure, "\(answer.provider) broke the answer off with the reason “error”.", provider: answer.provider))
        case "insufficient_system_resource":
            answer.fail(LAIError(.overloaded, "\(answer.provider) broke the answer off for lack of resources.", provider: answer.provider))
        default:
            answer.finish.reason = .stop
            answer.warn(.irregular, "The server ended with a reason unknown to LAI: \(rawReason).")
        }
    }

    /// `[DONE]` ends the stream; without a reason the answer is taken for whole, for the server said so itself.
    mutating func done(into answer: inout Answer) {
        if !answer.isComplete {
            answer.isComplete = true
            answer.warn(.irregular, "The server ended the stream without giving a reason.")
        }
        finish(into: &answer)
        answer.end()
    }
}
