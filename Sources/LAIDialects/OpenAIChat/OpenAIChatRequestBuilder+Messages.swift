import LAICore

extension OpenAIChatRequestBuilder {
    func messages(_ request: ChatRequest, _ draft: inout RequestDraft) throws(LAIError) -> [JSONValue] {
        let transcript = try Transcript(request, for: .openAIChat, tagsSystem: false)
        var messages: [JSONValue] = []
        if let system = transcript.system { messages.append(systemMessage(system)) }
        var isInToolLoop = false
        for turn in transcript.turns {
            switch turn {
            case .system(let text): messages.append(systemMessage(text))
            case .user(let parts):
                isInToolLoop = false
                messages.append(["role": "user", "content": try content(parts, draft)])
            case .assistant(let parts):
                if let message = assistant(parts, isInToolLoop: isInToolLoop, &draft) { messages.append(message) }
            case .results(let exchanges):
                isInToolLoop = true
                messages += exchanges.map { exchange in
                    [
                        "role": "tool", "tool_call_id": .string(quirks.toolCallIDs.fit(exchange.call.id)),
                        "content": .string(exchange.result.content),
                    ]
                }
            }
        }
        return messages
    }

    private func systemMessage(_ text: String) -> JSONValue {
        ["role": .string(quirks.systemRole.rawValue), "content": .string(text)]
    }

    /// One text goes as a string, which the simplest servers understand too; anything else as a list of parts.
    private func content(_ parts: [Part], _ draft: RequestDraft) throws(LAIError) -> JSONValue {
        if parts.count == 1, case .text(let text) = parts[0] { return .string(text.text) }
        var content: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let text): content.append(textPart(text.text))
            case .image(let media), .file(let media):
                content.append(media.isImage ? try image(media, draft) : try file(media, draft))
            default: break
            }
        }
        return .array(content)
    }

    func textPart(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }

    /// The assistant's text and refusal are one string. Without text, `content` is null, as OpenAI itself has it; with
    /// neither text nor calls there is no message.
    private func assistant(_ parts: [Part], isInToolLoop: Bool, _ draft: inout RequestDraft) -> JSONValue? {
        var text = ""
        var reasoning = ""
        var details: [JSONValue] = []
        var calls: [JSONValue] = []
        for part in parts {
            switch part {
            case .text(let part): text += part.text
            case .refusal(let refusal): text += refusal
            case .reasoning(let part):
                reasoning += part.text
                details += draft.opaque(part.opaque, of: .openAIChat)?["reasoning_details"]?.arrayValue ?? []
            case .toolCall(let call): calls.append(toolCall(call))
            case .image, .file: draft.ignore("\(quirks.server) takes no pictures or files of the assistant back.")
            case .toolResult, .serverTool, .alternative: break
            }
        }
        if text.isEmpty && calls.isEmpty { return nil }
        let wantsReasoning = quirks.wantsReasoningContent && (isInToolLoop || !calls.isEmpty)
        return .members([
            "role": "assistant",
            "content": text.isEmpty ? .null : .string(text),
            "reasoning_content": wantsReasoning ? .string(reasoning) : nil,
            "reasoning_details": quirks.takesReasoningDetails && !details.isEmpty ? .array(details) : nil,
            "tool_calls": calls.isEmpty ? nil : .array(calls),
        ])
    }

    private func toolCall(_ call: ToolCall) -> JSONValue {
        let id = JSONValue.string(quirks.toolCallIDs.fit(call.id))
        if call.isCustom, quirks.takesCustomTools {
            return [
                "id": id, "type": "custom", "custom": ["name": .string(call.name), "input": .string(call.arguments)],
            ]
        }
        return [
            "id": id, "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.argumentsText)],
        ]
    }
}
