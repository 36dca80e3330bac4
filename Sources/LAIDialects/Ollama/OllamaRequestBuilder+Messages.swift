import LAICore

extension OllamaRequestBuilder {
    func messages(_ request: ChatRequest, _ draft: inout RequestDraft) throws(LAIError) -> [JSONValue] {
        let transcript = try Transcript(request, for: .ollama, tagsSystem: false)
        var messages: [JSONValue] = []
        if let system = transcript.system { messages.append(systemMessage(system)) }
        var isInToolLoop = false
        for turn in transcript.turns {
            switch turn {
            case .system(let text): messages.append(systemMessage(text))
            case .user(let parts):
                isInToolLoop = false
                messages.append(try user(parts, draft))
            case .assistant(let parts):
                if let message = assistant(parts, isInToolLoop: isInToolLoop, &draft) { messages.append(message) }
            case .results(let exchanges):
                isInToolLoop = true
                messages += exchanges.map(toolMessage)
            }
        }
        return messages
    }

    private func systemMessage(_ text: String) -> JSONValue { ["role": "system", "content": .string(text)] }

    /// Content is one string, so several texts become paragraphs of it; pictures stand beside it, in base64 without
    /// anything in front.
    private func user(_ parts: [Part], _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        var texts: [String] = []
        var images: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let text): texts.append(text.text)
            case .image(let media), .file(let media):
                if let text = media.taggedText {
                    texts.append(text)
                } else if media.isImage {
                    images.append(try image(media, draft))
                } else {
                    let what = media.name.map { "the file \($0)" } ?? "a file"
                    throw draft.unsupported("Ollama cannot take \(what) of the type \(media.mediaType).")
                }
            default: break
            }
        }
        return .members([
            "role": "user", "content": .string(texts.joined(separator: "\n\n")),
            "images": images.isEmpty ? nil : .array(images),
        ])
    }

    private func image(_ media: Media, _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        switch media.place {
        case .base64(_, let data): return .string(data)
        case .web(let address), .reference(let address):
            throw draft.unsupported("Ollama does not fetch pictures; send the bytes of \(address).")
        }
    }

    /// The thinking that led to a tool call goes back within the same tool loop, where models look for it.
    private func assistant(_ parts: [Part], isInToolLoop: Bool, _ draft: inout RequestDraft) -> JSONValue? {
        var text = ""
        var thinking = ""
        var calls: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let part): text += part.text
            case .refusal(let refusal): text += refusal
            case .reasoning(let part): thinking += part.text
            case .toolCall(let call):
                let function: JSONValue = ["name": .string(call.name), "arguments": call.argumentsObject]
                let id: JSONValue? = call.hasMadeUpID ? nil : .string(call.id)
                calls.append(.members(["id": id, "function": function]))
            case .image, .file: draft.ignore("Ollama takes no pictures or files of the assistant back.")
            case .toolResult, .serverTool, .alternative: break
            }
        }
        if text.isEmpty && calls.isEmpty { return nil }
        let sendsThinking = !thinking.isEmpty && (isInToolLoop || !calls.isEmpty)
        return .members([
            "role": "assistant", "content": .string(text),
            "thinking": sendsThinking ? .string(thinking) : nil,
            "tool_calls": calls.isEmpty ? nil : .array(calls),
        ])
    }

    private func toolMessage(_ exchange: Transcript.Exchange) -> JSONValue {
        .members([
            "role": "tool", "tool_name": .string(exchange.call.name), "content": .string(exchange.result.content),
            "tool_call_id": exchange.call.hasMadeUpID ? nil : .string(exchange.call.id),
        ])
    }
}
