internal import LAICore
internal import LAIWire

/// Decodes Gemini's generateContent. Each chunk is a whole response that holds only what is new; the stream has no
/// terminator: it is whole when a reason to finish, or to block, has come.
struct GeminiDecoder: DialectDecoder {
    private var usage = GeminiUsage()
    private var rawReason: String?
    private var finishMessage: String?
    private var alternatives: [Int: Int] = [:]
    private var call: GeminiPartialCall?
    private var callCount = 0
    private var citedURLs: Set<String> = []

    mutating func decode(_ reader: inout JSONReader, name: RawSpan, into answer: inout Answer) throws(JSONError) {
        var isKnown = false
        var id: JSONString?
        var model: JSONString?
        var firstCandidates: UnsafeRawBufferPointer?
        guard try reader.beginObjectOrSkip() else { return answer.countUnknownEvent() }
        while let key = try reader.nextKey() {
            if key == "candidates" {
                isKnown = true
                if answer.isStarted {
                    try readCandidates(&reader, &answer)
                } else {
                    // The first chunk's id and model stand behind its candidates.
                    firstCandidates = try reader.rawValue()
                }
            } else if key == "usageMetadata" {
                isKnown = true
                if try usage.read(&reader) { answer.usage = usage.value }
            } else if key == "modelVersion" {
                model = try reader.optionalRawString()
            } else if key == "responseId" {
                id = try reader.optionalRawString()
            } else if key == "promptFeedback" {
                isKnown = true
                readFeedback(try reader.value(), &answer)
            } else if key == "error" {
                isKnown = true
                if let body = ErrorBody(["error": try reader.value()]) { answer.fail(body) }
            } else {
                try reader.skip()
            }
        }
        if !answer.isStarted, id != nil || model != nil || firstCandidates != nil {
            answer.start(id: id?.string, model: model?.string)
        }
        if let firstCandidates {
            var candidates = JSONReader(unsafeBytes: firstCandidates)
            try readCandidates(&candidates, &answer)
        }
        if !isKnown { answer.countUnknownEvent() }
    }

    private mutating func readCandidates(_ reader: inout JSONReader, _ answer: inout Answer) throws(JSONError) {
        guard try reader.beginArrayOrSkip() else { return }
        while try reader.nextElement() {
            guard try reader.beginObjectOrSkip() else { continue }
            var choice = 0
            var content: UnsafeRawBufferPointer?
            var reason: String?
            while let key = try reader.nextKey() {
                if key == "content" {
                    content = try reader.rawValue()
                } else if key == "index" {
                    choice = try reader.optionalInt() ?? 0
                } else if key == "finishReason" {
                    reason = try reader.optionalString()
                } else if key == "finishMessage" {
                    finishMessage = try reader.optionalString()
                } else if key == "citationMetadata" || key == "groundingMetadata" {
                    cite(try reader.value(), &answer)
                } else {
                    try reader.skip()
                }
            }
            if let content { try readContent(content, choice: choice, &answer) }
            if choice == 0, let reason {
                rawReason = reason
                answer.isComplete = true
            }
        }
    }

    private mutating func readContent(
        _ raw: UnsafeRawBufferPointer, choice: Int, _ answer: inout Answer
    ) throws(JSONError) {
        var reader = JSONReader(unsafeBytes: raw)
        guard try reader.beginObjectOrSkip() else { return }
        while let key = try reader.nextKey() {
            guard key == "parts" else { try reader.skip(); continue }
            guard try reader.beginArrayOrSkip() else { continue }
            while try reader.nextElement() {
                var part = GeminiPart()
                if try part.read(&reader) { try take(part, choice: choice, &answer) }
            }
        }
    }

    private mutating func take(_ part: GeminiPart, choice: Int, _ answer: inout Answer) throws(JSONError) {
        guard choice == 0 else {
            guard let text = part.text, !part.isThought else { return }
            let block = alternatives[choice] ?? answer.open(.alternative(choice: choice))
            alternatives[choice] = block
            return answer.delta(block, text.string)
        }
        if let raw = part.functionCall {
            return try takeCall(JSONValue.reading(raw), signature: part.signature, &answer)
        }
        let kind: Answer.PlainKind = part.isThought ? .reasoning : .text
        if let text = part.text {
            answer.append(text.string, kind)
        } else if let raw = part.inlineData {
            let data = try JSONValue.reading(raw)
            answer.closePlain()
            let block = answer.open(.media)
            answer.events.append(
                .media(
                    block: block,
                    Media(
                        mediaType: data["mimeType"]?.stringValue ?? "application/octet-stream",
                        source: .base64(data["data"]?.stringValue ?? ""))))
            answer.close(block)
        } else if let name = part.otherName, let raw = part.raw {
            // The provider's own tools: code that it ran, and what came of it.
            let opaque = Opaque(dialect: Dialect.gemini.rawValue, json: try JSONValue.reading(raw).text)
            return answer.block(.serverTool(name: name), opaque: opaque)
        }
        if let signature = part.signature {
            // It belongs to this part, even to one without text: what follows is another block.
            let block = answer.plainBlock(kind)
            answer.events.append(.opaque(block: block, GeminiDecoder.opaque(signature.string)))
            answer.closePlain()
        }
    }

    private static func opaque(_ signature: String) -> Opaque {
        let json: JSONValue = ["thoughtSignature": .string(signature)]
        return Opaque(dialect: Dialect.gemini.rawValue, json: json.text)
    }

    // MARK: Tool calls

    /// A call comes whole, or in pieces (Vertex's streamed arguments) that an empty object ends.
    private mutating func takeCall(_ json: JSONValue, signature: JSONString?, _ answer: inout Answer) throws(JSONError) {
        let continues = json["willContinue"]?.boolValue ?? false
        if let name = json["name"]?.stringValue {
            endCall(&answer)
            answer.closePlain()
            let id = json["id"]?.stringValue ?? "lai_\(callCount)"
            callCount += 1
            let block = answer.open(.toolCall(id: id, name: name, isCustom: false))
            if let signature { answer.events.append(.opaque(block: block, GeminiDecoder.opaque(signature.string))) }
            call = GeminiPartialCall(block: block, id: id, name: name, arguments: json["args"] ?? .object(JSONObject()))
        }
        for piece in json["partialArgs"]?.arrayValue ?? [] where call?.apply(piece) != true { answer.countUnknownEvent() }
        if !continues { endCall(&answer) }
    }

    private mutating func endCall(_ answer: inout Answer) {
        guard let call else { return }
        self.call = nil
        let arguments = call.arguments.text
        answer.delta(call.block, arguments)
        answer.events.append(
            .toolCall(block: call.block, ToolCall(id: call.id, name: call.name, arguments: arguments)))
        answer.close(call.block)
    }

    // MARK: Sources, and the end

    private mutating func cite(_ metadata: JSONValue, _ answer: inout Answer) {
        let sources =
            (metadata["citationSources"] ?? metadata["citations"])?.arrayValue
            ?? metadata["groundingChunks"]?.arrayValue?.compactMap { $0["web"] ?? $0["retrievedContext"] } ?? []
        for source in sources {
            guard let url = source["uri"]?.stringValue, citedURLs.insert(url).inserted else { continue }
            answer.events.append(
                .citation(
                    block: answer.plainBlock(.text), Citation(url: url, title: source["title"]?.stringValue)))
        }
    }

    private func readFeedback(_ feedback: JSONValue, _ answer: inout Answer) {
        guard let reason = feedback["blockReason"]?.stringValue else { return }
        answer.isComplete = true
        answer.finish.reason = .contentFilter
        answer.finish.blockReason = reason
        answer.warn(.provider, feedback["blockReasonMessage"]?.stringValue ?? "\(answer.provider) blocked the question: \(reason).")
    }

    mutating func finish(into answer: inout Answer) {
        endCall(&answer)
        answer.closePlain()
        for block in alternatives.values.sorted() { answer.close(block) }
        alternatives = [:]
        guard let rawReason else { return }
        answer.finish.rawReason = rawReason
        switch rawReason {
        case "STOP": answer.finish.reason = .stop
        case "MAX_TOKENS", "CONTINUATION": answer.finish.reason = .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR":
            answer.finish.reason = .contentFilter
        case _ where rawReason.hasPrefix("IMAGE_"): answer.finish.reason = .contentFilter
        case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE",
            "MISSING_THOUGHT_SIGNATURE", "OTHER", "LANGUAGE", "NO_IMAGE":
            let why = finishMessage.map { ": \($0)" } ?? "."
            answer.fail(
                LAIError(
                    .providerFailure, "\(answer.provider) broke the answer off with the reason \(rawReason)\(why)",
                    provider: answer.provider))
        default:
            answer.finish.reason = .stop
            answer.warn(.irregular, "\(answer.provider) ended with a reason unknown to LAI: \(rawReason).")
        }
    }
}
