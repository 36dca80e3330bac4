import LAICore

extension AnthropicRequestBuilder {
    /// Turns of the user and of the assistant in alternation, the user's first. What tools gave stands at the start of
    /// a user's turn, right after the turn that called them.
    func messages(
        _ transcript: Transcript, _ model: AnthropicModel, _ name: String, _ draft: inout RequestDraft
    ) throws(LAIError) -> [JSONValue] {
        var turns: [(role: String, blocks: [JSONValue])] = []
        func append(_ role: String, _ blocks: [JSONValue]) {
            if blocks.isEmpty { return }
            if turns.last?.role == role {
                turns[turns.count - 1].blocks += blocks
            } else {
                turns.append((role, blocks))
            }
        }
        for turn in transcript.turns {
            switch turn {
            case .system: break
            case .user(let parts): append("user", try userBlocks(parts, draft))
            case .assistant(let parts): append("assistant", assistantBlocks(parts, &draft))
            case .results(let exchanges): append("user", exchanges.map(toolResult))
            }
        }
        if turns.isEmpty {
            throw LAIError(.invalidRequest, "The request holds nothing to send: every message is blank.")
        }
        if turns[0].role == "assistant" {
            turns.insert(("user", [textBlock("(The assistant speaks first.)")]), at: 0)
        }
        if turns[turns.count - 1].role == "assistant" {
            turns[turns.count - 1].blocks = try prefill(turns[turns.count - 1].blocks, model, name, draft)
        }
        return turns.map { ["role": .string($0.role), "content": .array($0.blocks)] }
    }

    /// A last turn of the assistant is the beginning of the answer. It may not end in white space. Where it ends in a
    /// tool that the provider runs, the provider paused and wants it back as it is.
    private func prefill(
        _ blocks: [JSONValue], _ model: AnthropicModel, _ name: String, _ draft: RequestDraft
    ) throws(LAIError) -> [JSONValue] {
        guard let last = blocks.last, let text = last["text"]?.stringValue else { return blocks }
        let isPaused = blocks.contains { $0["type"] == "server_tool_use" }
        if !model.takesPrefill, !isPaused {
            throw draft.unsupported("\(name) does not continue a message of the assistant; end with one of the user.")
        }
        var end = text[...]
        while end.last?.isWhitespace == true { end.removeLast() }
        return blocks.dropLast() + [textBlock(String(end))]
    }

    /// Blank text is an error, so there is none.
    private func userBlocks(_ parts: [Part], _ draft: RequestDraft) throws(LAIError) -> [JSONValue] {
        var blocks: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let text): if !isBlank(text.text) { blocks.append(textBlock(text.text)) }
            case .image(let media), .file(let media):
                blocks.append(media.isImage ? imageBlock(media) : try documentBlock(media, draft))
            default: break
            }
        }
        return blocks
    }

    /// A turn may not end in thinking, as it does when it was interrupted there.
    private func assistantBlocks(_ parts: [Part], _ draft: inout RequestDraft) -> [JSONValue] {
        var blocks: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let part): if !isBlank(part.text) { blocks.append(textBlock(part.text)) }
            case .refusal(let text): if !isBlank(text) { blocks.append(textBlock(text)) }
            case .reasoning(let part):
                if let own = draft.opaque(part.opaque, of: .anthropic), let block = thinkingBlock(part.text, own) {
                    blocks.append(block)
                }
            case .toolCall(let call):
                blocks.append([
                    "type": "tool_use", "id": .string(Self.callIDs.fit(call.id)), "name": .string(call.name),
                    "input": call.argumentsObject,
                ])
            case .serverTool(let part):
                if let own = draft.opaque(part.opaque, of: .anthropic) { blocks.append(.object(own)) }
            case .image, .file: draft.ignore("Anthropic takes no pictures or files of the assistant back.")
            case .toolResult, .alternative: break
            }
        }
        while let type = blocks.last?["type"], type == "thinking" || type == "redacted_thinking" { blocks.removeLast() }
        return blocks
    }

    /// Thinking goes back unchanged, with its signature; without one, as an interruption leaves it, it is refused.
    private func thinkingBlock(_ text: String, _ own: JSONObject) -> JSONValue? {
        guard own["type"] == "thinking" else { return .object(own) }
        if own["signature"]?.stringValue?.isEmpty != false { return nil }
        let head: [JSONObject.Member] = [
            .init(key: "type", value: "thinking"), .init(key: "thinking", value: .string(text)),
        ]
        return .object(JSONObject(head + own.members.filter { $0.key != "type" && $0.key != "thinking" }))
    }

    private func toolResult(_ exchange: Transcript.Exchange) -> JSONValue {
        .members([
            "type": "tool_result", "tool_use_id": .string(Self.callIDs.fit(exchange.call.id)),
            "content": .string(exchange.result.content), "is_error": exchange.result.isError ? true : nil,
        ])
    }

    private func textBlock(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }
    private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
