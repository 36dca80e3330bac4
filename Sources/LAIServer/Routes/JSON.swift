internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming

extension Conversation {
    /// The conversation without its messages.
    func json(isTemporary: Bool = false, isRunning: Bool = false) -> JSONValue {
        let source: String =
            switch titleSource {
            case .none: "none"
            case .words: "words"
            case .model: "model"
            case .person: "person"
            }
        return [
            "id": .string(id.description), "title": .string(title), "title_source": .string(source),
            "created": .int(created.milliseconds), "updated": .int(updated.milliseconds), "pinned": .bool(isPinned),
            "archived": .bool(isArchived), "deleted": .optional(deleted?.milliseconds), "local_only": .bool(isLocalOnly),
            "temporary": .bool(isTemporary), "system": .optional(system), "model": .optional(model), "parameters": parameters.json,
            "head": .optional(head?.description), "tags": .array(tags.sorted().map { .string($0) }), "running": .bool(isRunning),
        ]
    }
}

extension StreamRecord {
    var json: JSONValue {
        [
            "id": .string(session.description), "conversation": .string(conversation.description),
            "message": .string(message.description), "began": .int(began.milliseconds), "receipt": receipt.json,
        ]
    }
}

extension ChatChange {
    var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "conversation": .string(conversation.description),
            "message": .optional(message?.description), "status": .optional(status?.rawValue),
        ]
    }
}

extension StoredMessage {
    /// The message, and its place among the others after the same parent.
    func json(amongst siblings: [MessageID]) -> JSONValue {
        var object = JSONObject(json.withWordsForCodes.objectValue?.members ?? [])
        object.append("conversation", .string(conversation.description))
        object.append("siblings", .array(siblings.map { .string($0.description) }))
        return .object(object)
    }
}
