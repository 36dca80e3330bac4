import LAICore

extension Transcript {
    static func systemText(_ message: Message) throws(LAIError) -> String {
        for part in message.parts {
            guard case .text = part else {
                throw LAIError(.invalidRequest, "A system message can hold text only.")
            }
        }
        return message.text
    }

    /// What the user says; results of tools are taken out, they have turns of their own.
    static func userParts(_ message: Message) throws(LAIError) -> [Part] {
        var parts: [Part] = []
        for part in message.parts {
            switch part {
            case .text(let text): if !text.text.isEmpty { parts.append(part) }
            case .image, .file: parts.append(part)
            case .toolCall(let call):
                throw LAIError(.invalidRequest, "The call of `\(call.name)` stands in a message of the user.")
            case .toolResult, .reasoning, .refusal, .serverTool, .alternative: break
            }
        }
        return parts
    }

    /// What the assistant said, as far as this dialect may see it.
    static func assistantParts(_ message: Message, _ dialect: Dialect) throws(LAIError) -> [Part] {
        func isOwn(_ opaque: Opaque?) -> Bool { opaque?.dialect == dialect.rawValue }
        var parts: [Part] = []
        var hasContent = false
        for part in message.parts {
            switch part {
            case .text(let text): if text.text.isEmpty && !isOwn(text.opaque) { continue }
            case .reasoning(let reasoning):
                // Without opaque data nobody knows whose it is; builders that can use it decide.
                if !isOwn(reasoning.opaque) && (reasoning.opaque != nil || reasoning.text.isEmpty) { continue }
                parts.append(part)
                hasContent = hasContent || isOwn(reasoning.opaque)
                continue
            case .serverTool(let tool): if !isOwn(tool.opaque) { continue }
            case .alternative: continue
            case .refusal(let text): if text.isEmpty { continue }
            case .toolResult(let result):
                throw LAIError(.invalidRequest, "The result of `\(result.name)` stands in a message of the assistant.")
            case .image, .file, .toolCall: break
            }
            parts.append(part)
            hasContent = true
        }
        return hasContent ? parts : []
    }

    /// A result that answers no call of the assistant's turn before it is a mistake of the caller: leaving it out would
    /// hide what the tool found.
    func refuseStrayResults(_ messages: [Message]) throws(LAIError) {
        var open: [String] = []
        var isAnswering = false
        for message in messages {
            if message.role == .assistant {
                if isAnswering { open = [] }
                isAnswering = false
                open += message.toolCalls.map(\.id)
                continue
            }
            isAnswering = true
            for case .toolResult(let result) in message.parts {
                guard let index = open.firstIndex(of: result.callID) else {
                    throw LAIError(
                        .invalidRequest,
                        "The result of `\(result.name)` answers no call of the message before it (\(result.callID)).")
                }
                open.remove(at: index)
            }
        }
    }
}
