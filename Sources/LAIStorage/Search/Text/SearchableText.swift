internal import LAICore

extension Message {
    /// What of a message can be found: its visible text, refusals and other choices, the names of its files, and the calls
    /// of tools. Reasoning is left out, for it says everything twice, and so are the results of tools, which are files and
    /// pages more often than words of the conversation.
    var searchableText: String {
        if parts.count == 1, case .text(let part) = parts[0] { return part.text }
        var texts: [String] = []
        for part in parts {
            switch part {
            case .text(let part): texts.append(part.text)
            case .refusal(let text): texts.append(text)
            case .alternative(_, let text): texts.append(text)
            case .image(let media), .file(let media): if let name = media.name { texts.append(name) }
            case .toolCall(let call): texts.append(call.name + " " + call.arguments)
            case .reasoning, .toolResult, .serverTool: break
            }
        }
        return texts.joined(separator: "\n")
    }
}
