import LAICore

extension GeminiRequestBuilder {
    /// Turns of the user and of the model in alternation. What functions gave stands at the start of a user's turn.
    func contents(_ transcript: Transcript, _ model: GeminiModel, _ draft: inout RequestDraft) -> [JSONValue] {
        var turns: [(role: String, parts: [JSONValue])] = []
        func append(_ role: String, _ parts: [JSONValue]) {
            if parts.isEmpty { return }
            if turns.last?.role == role { turns[turns.count - 1].parts += parts } else { turns.append((role, parts)) }
        }
        for turn in transcript.turns {
            switch turn {
            case .system: break
            case .user(let parts): append("user", parts.compactMap(userPart))
            case .assistant(let parts): append("model", modelParts(parts, model, &draft))
            case .results(let exchanges): append("user", exchanges.map(functionResponse))
            }
        }
        return turns.map { ["role": .string($0.role), "parts": .array($0.parts)] }
    }

    private func userPart(_ part: Part) -> JSONValue? {
        switch part {
        case .text(let text): ["text": .string(text.text)]
        case .image(let media), .file(let media): mediaPart(media)
        default: nil
        }
    }

    /// Bytes go inline; addresses and names of uploaded files alike are URIs, which Google fetches.
    private func mediaPart(_ media: Media) -> JSONValue {
        switch media.place {
        case .base64(let type, let data): ["inlineData": ["mimeType": .string(type), "data": .string(data)]]
        case .web(let uri), .reference(let uri):
            [
                "fileData": .members([
                    "mimeType": media.mediaType.isEmpty ? nil : .string(media.mediaType), "fileUri": .string(uri),
                ])
            ]
        }
    }

    /// A thought signature goes back on the part that it came with, even on a part without text.
    ///
    /// Since generation 3 the first function call of a turn must have one. Where the call was another provider's
    /// model's, it has none, and the value stands in that Google's documentation gives for such histories.
    private func modelParts(_ parts: [Part], _ model: GeminiModel, _ draft: inout RequestDraft) -> [JSONValue] {
        var result: [JSONValue] = []
        var hasCall = false
        for part in parts {
            var opaque: Opaque?
            var object: JSONValue
            switch part {
            case .text(let part): (object, opaque) = (["text": .string(part.text)], part.opaque)
            case .refusal(let text): object = ["text": .string(text)]
            case .reasoning(let part):
                if part.opaque == nil { continue }
                (object, opaque) = (["text": .string(part.text), "thought": true], part.opaque)
            case .toolCall(let call): (object, opaque) = (functionCall(call), call.opaque)
            case .serverTool(let part): (object, opaque) = ([:], part.opaque)
            case .image(let media), .file(let media): object = mediaPart(media)
            case .toolResult, .alternative: continue
            }
            guard case .object(var members) = object else { continue }
            if let own = draft.opaque(opaque, of: .gemini) { members.merge(own) }
            if case .toolCall = part {
                if !hasCall, model.wantsSignatures, members["thoughtSignature"] == nil {
                    members["thoughtSignature"] = "skip_thought_signature_validator"
                }
                hasCall = true
            }
            if !members.isEmpty { result.append(.object(members)) }
        }
        return result
    }

    /// An id that LAI made up, because Gemini gave none, is not sent; call and response then meet by their name.
    private func functionCall(_ call: ToolCall) -> JSONValue {
        let id: JSONValue? = call.hasMadeUpID ? nil : .string(call.id)
        return ["functionCall": .members(["id": id, "name": .string(call.name), "args": call.argumentsObject])]
    }

    /// A response is an object: its `output`, or its `error` where the tool failed. Content that is JSON itself goes
    /// in as such, so that the model need not read through its escapes.
    private func functionResponse(_ exchange: Transcript.Exchange) -> JSONValue {
        let id: JSONValue? = exchange.call.hasMadeUpID ? nil : .string(exchange.call.id)
        let key = exchange.result.isError ? "error" : "output"
        let response = JSONObject([.init(key: key, value: structured(exchange.result.content))])
        return [
            "functionResponse": .members(["id": id, "name": .string(exchange.call.name), "response": .object(response)])
        ]
    }

    private func structured(_ content: String) -> JSONValue {
        guard content.hasPrefix("{") || content.hasPrefix("[") else { return .string(content) }
        do {
            return try JSONValue(parsing: content)
        } catch {
            return .string(content)
        }
    }
}
