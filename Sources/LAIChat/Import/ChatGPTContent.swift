internal import LAICore
internal import LAIStorage

/// What one node of a ChatGPT conversation says.
struct ChatGPTContent {
    let role: Message.Role
    let parts: [Part]
    let created: Timestamp?
    let model: String?
    /// How an answer ended, where its node tells.
    let status: StoredMessage.Status?
    /// The person's own instructions, which stand before every conversation.
    let instructions: String?
    let isShown: Bool

    init(_ message: JSONValue, _ notes: inout ImportNotes) {
        let metadata = message["metadata"]
        let author = message["author"]?["role"]?.stringValue
        role = author == "user" ? .user : author == "system" ? .system : .assistant
        created = ForeignTime.seconds(message["create_time"])
        model = metadata?["model_slug"]?.stringValue
        status = ChatGPTContent.status(message)
        let content = message["content"] ?? .null
        let isHidden = metadata?["is_visually_hidden_from_conversation"]?.boolValue == true || message["weight"]?.doubleValue == 0
        if content["content_type"]?.stringValue == "user_editable_context" {
            let texts = [content["user_profile"]?.stringValue, content["user_instructions"]?.stringValue].compactMap(\.self)
            instructions = texts.allSatisfy(\.isEmpty) ? nil : ForeignText.joined(texts)
        } else {
            instructions = nil
        }
        if isHidden || instructions != nil {
            (parts, isShown) = ([], false)
            return
        }
        var reader = ChatGPTPartReader(content: content, isForTool: author == "assistant" && ChatGPTContent.isForTool(message))
        reader.read()
        reader.addAttachments(metadata?["attachments"])
        reader.addCitations(metadata)
        notes.missingMedia += reader.notes.missingMedia
        notes.unknownParts.merge(reader.notes.unknownParts, uniquingKeysWith: +)
        parts = reader.parts.all
        isShown = !parts.isEmpty
    }

    /// What the model writes to a tool is no text for the person.
    private static func isForTool(_ message: JSONValue) -> Bool {
        message["recipient"]?.stringValue.map { $0 != "all" } ?? false
    }

    private static func status(_ message: JSONValue) -> StoredMessage.Status? {
        switch message["metadata"]?["finish_details"]?["type"]?.stringValue {
        case "interrupted"?: return .stopped
        default: break
        }
        switch message["status"]?.stringValue {
        case "in_progress"?: return .interrupted
        case "finished_successfully"?, "finished_partial_completion"?: return .sent
        default: return nil
        }
    }
}
