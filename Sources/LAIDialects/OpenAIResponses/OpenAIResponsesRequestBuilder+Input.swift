import LAICore

extension OpenAIResponsesRequestBuilder {
    func input(_ transcript: Transcript, _ draft: inout RequestDraft) throws(LAIError) -> [JSONValue] {
        var items: [JSONValue] = []
        for turn in transcript.turns {
            switch turn {
            case .system(let text): items.append(["role": "developer", "content": .string(text)])
            case .user(let parts): items.append(["role": "user", "content": .array(try content(parts, draft))])
            case .assistant(let parts): items += assistant(parts, &draft)
            case .results(let exchanges):
                items += exchanges.map { exchange in
                    [
                        "type": exchange.call.isCustom ? "custom_tool_call_output" : "function_call_output",
                        "call_id": .string(Self.callIDs.fit(exchange.call.id)),
                        "output": .string(exchange.result.content),
                    ]
                }
            }
        }
        return items
    }

    private func content(_ parts: [Part], _ draft: RequestDraft) throws(LAIError) -> [JSONValue] {
        var content: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let text): content.append(["type": "input_text", "text": .string(text.text)])
            case .image(let media), .file(let media): content.append(media.isImage ? image(media) : file(media))
            default: break
            }
        }
        return content
    }

    private func image(_ media: Media) -> JSONValue {
        switch media.place {
        case .reference(let id): ["type": "input_image", "file_id": .string(id)]
        case .web(let address): ["type": "input_image", "image_url": .string(address)]
        case .base64(let type, let data): ["type": "input_image", "image_url": .string("data:\(type);base64,\(data)")]
        }
    }

    /// Bytes need a name, whose ending tells the API what they are.
    private func file(_ media: Media) -> JSONValue {
        switch media.place {
        case .reference(let id): return ["type": "input_file", "file_id": .string(id)]
        case .web(let address): return ["type": "input_file", "file_url": .string(address)]
        case .base64(let type, let data):
            let name = media.name ?? (media.isPDF ? "document.pdf" : "file.txt")
            return [
                "type": "input_file", "filename": .string(name), "file_data": .string("data:\(type);base64,\(data)"),
            ]
        }
    }

    /// A turn of the assistant as the items that it was. A reasoning item goes back as it came, right before the item
    /// that it led to: alone at the end, as an interruption leaves it, it is an error, and without its encrypted
    /// content it would be looked for in a store that does not have it. Both are left out.
    private func assistant(_ parts: [Part], _ draft: inout RequestDraft) -> [JSONValue] {
        var items: [JSONValue] = []
        var content: [JSONValue] = []
        var reasoning: [JSONValue] = []
        func flush() {
            if content.isEmpty { return }
            items.append(["role": "assistant", "content": .array(content)])
            content = []
        }
        for part in parts {
            var item: JSONValue?
            switch part {
            case .text(let text): content.append(["type": "output_text", "text": .string(text.text)])
            case .refusal(let text): content.append(["type": "refusal", "refusal": .string(text)])
            case .reasoning(let part):
                flush()
                if let own = draft.opaque(part.opaque, of: .openAIResponses), isWhole(own) {
                    reasoning.append(.object(own))
                }
                continue
            case .toolCall(let call): item = toolCall(call, &draft)
            case .serverTool(let tool): item = draft.opaque(tool.opaque, of: .openAIResponses).map { .object($0) }
            case .image, .file: draft.ignore("OpenAI takes no pictures or files of the assistant back.")
            case .toolResult, .alternative: break
            }
            if item == nil && content.isEmpty { continue }
            items += reasoning
            reasoning = []
            guard let item else { continue }
            flush()
            items.append(item)
        }
        flush()
        return items
    }

    private func isWhole(_ reasoning: JSONObject) -> Bool {
        reasoning["encrypted_content"]?.stringValue != nil || reasoning["content"]?.arrayValue?.isEmpty == false
    }

    private func toolCall(_ call: ToolCall, _ draft: inout RequestDraft) -> JSONValue {
        .members([
            "type": call.isCustom ? "custom_tool_call" : "function_call",
            "id": draft.opaque(call.opaque, of: .openAIResponses)?["id"],
            "call_id": .string(Self.callIDs.fit(call.id)),
            "name": .string(call.name),
            call.isCustom ? "input" : "arguments": .string(call.isCustom ? call.arguments : call.argumentsText),
        ])
    }
}
