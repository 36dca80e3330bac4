public import LAICore
internal import LAIDialects
internal import LAIStreaming

// A whole conversation as JSON: what `lai export` writes and `lai import` reads. Members are added, never changed.

extension ConversationTree {
    private static let version = 1

    /// All that the store has of it.
    public var json: JSONValue {
        [
            "lai_conversation": .int(ConversationTree.version), "id": .string(conversation.id.description),
            "title": .string(conversation.title), "title_source": .int(conversation.titleSource.rawValue),
            "created": .int(conversation.created.milliseconds), "updated": .int(conversation.updated.milliseconds),
            "pinned": .bool(conversation.isPinned), "archived": .bool(conversation.isArchived),
            "system": .optional(conversation.system), "model": .optional(conversation.model),
            "local_only": .bool(conversation.isLocalOnly), "parameters": conversation.parameters.json, "head": .optional(conversation.head?.description),
            "tags": .array(conversation.tags.sorted().map { .string($0) }), "messages": .array(messages.map(\.json)),
        ]
    }

    /// Reads what ``json`` wrote. An answer that was being received then is taken as one that broke off.
    /// - Throws: ``LAIError`` with the code `file` for what is no conversation, or one of a newer LAI.
    public init(json: JSONValue) throws(LAIError) {
        guard let version = json["lai_conversation"]?.intValue, version <= ConversationTree.version else {
            throw LAIError(.file, "It was written by a newer LAI: use that one to read it.")
        }
        var conversation = Conversation(
            id: try json.id("id"), title: try json.text("title"),
            titleSource: json["title_source"]?.intValue.flatMap(Conversation.TitleSource.init) ?? .person,
            created: try json.time("created"), updated: try json.time("updated"))
        conversation.isPinned = json["pinned"]?.boolValue ?? false
        conversation.isArchived = json["archived"]?.boolValue ?? false
        conversation.isLocalOnly = json["local_only"]?.boolValue ?? false
        conversation.system = json["system"]?.stringValue
        conversation.model = json["model"]?.stringValue
        conversation.parameters = try AnswerParameters(json: json["parameters"] ?? [:])
        conversation.head = json["head"]?.stringValue.flatMap { MessageID($0) }
        conversation.tags = Set(json["tags"]?.arrayValue?.compactMap(\.stringValue).filter { !$0.isEmpty } ?? [])
        var messages: [StoredMessage] = []
        for message in json["messages"]?.arrayValue ?? [] {
            messages.append(try StoredMessage(json: message, in: conversation.id))
        }
        if let head = conversation.head, !messages.contains(where: { $0.id == head }) {
            throw LAIError(.file, "Its head is none of its messages.")
        }
        self.init(conversation, messages)
    }
}

extension StoredMessage {
    /// The message as it stands in ``ConversationTree/json``.
    public var json: JSONValue {
        [
            "id": .string(id.description), "parent": .optional(parent?.description), "role": .string(message.role.rawValue),
            "status": .string(status.rawValue), "created": .int(created.milliseconds), "updated": .int(updated.milliseconds),
            "parts": .array(message.parts.map(\.json)), "receipt": receipt?.json ?? .null, "error": error?.json ?? .null,
        ]
    }

    init(json: JSONValue, in conversation: ConversationID) throws(LAIError) {
        guard let role = Message.Role(rawValue: try json.text("role")), let status = Status(rawValue: try json.text("status")) else {
            throw LAIError(.file, "It holds a message of a kind unknown to this version of LAI.")
        }
        var parts: [Part] = []
        for part in json["parts"]?.arrayValue ?? [] { parts.append(try Part(json: part)) }
        let hasParent = json["parent"]?.isNull == false
        self.init(
            id: try json.id("id"), conversation: conversation, parent: hasParent ? try json.id("parent") : nil,
            message: Message(role: role, parts: parts), status: status == .streaming ? .interrupted : status,
            created: try json.time("created"))
        updated = json["updated"]?.intValue.map(Timestamp.init(milliseconds:)) ?? created
        receipt = json["receipt"]?.isNull == false ? json["receipt"].map(Receipt.init(json:)) : nil
        error = LAIError(json: json["error"])
        if status == .streaming, error == nil {
            error = LAIError(.interrupted, "The answer was still being received when this was exported.")
        }
    }
}

extension JSONValue {
    fileprivate func id<Subject>(_ key: String) throws(LAIError) -> ID<Subject> {
        guard let id = ID<Subject>(try text(key)) else { throw LAIError(.file, "Its “\(key)” is no id.") }
        return id
    }

    fileprivate func time(_ key: String) throws(LAIError) -> Timestamp {
        guard let milliseconds = self[key]?.intValue else { throw LAIError(.file, "Its “\(key)” is no time in milliseconds.") }
        return Timestamp(milliseconds: milliseconds)
    }
}
