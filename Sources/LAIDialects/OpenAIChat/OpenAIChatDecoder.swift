internal import LAICore
internal import LAIWire

/// Decodes OpenAI's Chat Completions and the many servers that speak it, each in its own way: chunks of a stream and
/// whole bodies alike. The rules that the servers taught are with the code that follows them.
struct OpenAIChatDecoder: DialectDecoder {
    var calls = ChatToolCalls()
    /// The usage and the reason may come before or behind each other: only `[DONE]` or the end of the bytes ends.
    var rawReason: String?
    var reasoningDetails: [String] = []
    var reasoningBlock = -1
    /// The blocks of further choices, by the choice's number.
    var alternatives: [Int: Int] = [:]
    var usage = ChatUsage()
    var repeated = ChatRepetition()
    private var citedURLs: Set<String> = []

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var id: JSONString?
        var model: JSONString?
        var isError = false
        var padding: JSONString?
        var firstChoices: UnsafeRawBufferPointer?
        repeated.begin()
        guard try reader.beginObjectOrSkip() else { return answer.countUnknownEvent() }
        var isKnown = false
        while let key = try reader.nextKey() {
            if key == "choices" {
                isKnown = true
                if answer.isStarted {
                    try readChoices(&reader, into: &answer)
                } else {
                    // The first chunk's id and model may stand behind its choices.
                    firstChoices = try reader.rawValue()
                }
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
            } else {
                try reader.skip()
            }
        }
        if !isKnown, !isError, let body = ErrorBody(try JSONValue.reading(reader.text)) {
            // A failure as a flat object, without `error` around it (old vLLM, Mistral, FastAPI's `detail`).
            answer.fail(body)
            isError = true
        }
        if !answer.isStarted, isKnown || id != nil || model != nil { answer.start(id: id?.string, model: model?.string) }
        if let firstChoices {
            var choices = JSONReader(unsafeBytes: firstChoices)
            try readChoices(&choices, into: &answer)
        }
        if !isKnown && !isError { answer.countUnknownEvent() }
        repeated.learn(reader.text, padding: padding)
    }

    mutating func decodeRepeated(_ payload: UnsafeRawBufferPointer, into answer: inout Answer) -> Bool {
        guard let (text, kind) = repeated.match(payload) else { return false }
        answer.append(text.string, kind)
        return true
    }

    private mutating func readError(_ reader: inout JSONReader, into answer: inout Answer) throws(JSONError) -> Bool {
        if try reader.skipNull() { return false }
        let value = try reader.value()
        if value == .string("") || value == .bool(false) { return false }
        // The whole payload, for the code may stand beside the error (xAI).
        guard let body = ErrorBody(try JSONValue.reading(reader.text)) ?? ErrorBody(["error": value]) else { return false }
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

    mutating func cite(_ url: String?, _ title: String?, into answer: inout Answer) {
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
        calls.finish(into: &answer)
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
