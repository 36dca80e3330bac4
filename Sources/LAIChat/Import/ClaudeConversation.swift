internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// A conversation as Claude exports it: `chat_messages` in their order. Newer exports name each message's parent, and
/// so hold branches; in older ones each follows the one before it.
enum ClaudeConversation {
    static func tree(_ json: JSONValue, _ notes: inout ImportNotes) throws(LAIError) -> ConversationTree {
        guard let name = json["uuid"]?.stringValue, let list = json["chat_messages"]?.arrayValue else {
            throw LAIError(.file, "it has no uuid")
        }
        let created = ForeignTime.iso(json["created_at"]) ?? ForeignTime.iso(list.first?["created_at"])
        guard let created else { throw LAIError(.file, "it does not say when it was made") }
        var conversation = Conversation(
            id: ForeignID.make(.claude, "conversation", name), title: json["name"]?.stringValue ?? "", created: created,
            updated: ForeignTime.iso(json["updated_at"]) ?? created)
        conversation.isPinned = json["is_starred"]?.boolValue ?? false

        let places = Dictionary(list.enumerated().compactMap { index, message in message["uuid"]?.stringValue.map { ($0, index) } }) { first, _ in first }
        /// The place of the message before each.
        let parents = list.indices.map { index in
            guard let parent = list[index]["parent_message_uuid"] else { return index > 0 ? index - 1 : nil }
            // The first message has a parent that is none, a uuid of zeros.
            return parent.stringValue.flatMap { places[$0] }
        }
        var messages: [StoredMessage] = []
        var ids: [Int: MessageID] = [:]
        for index in order(parents) {
            var above = parents[index]
            // A message without content is left out, and what follows it moves up.
            var steps = 0
            while let place = above, ids[place] == nil, steps < list.count {
                above = parents[place]
                steps += 1
            }
            let id: MessageID = ForeignID.make(.claude, "message", name, list[index]["uuid"]?.stringValue ?? "\(index)")
            let parent = above.flatMap { ids[$0] }
            guard let message = message(list[index], id, parent, conversation, &notes) else { continue }
            ids[index] = id
            messages.append(message)
        }
        let shown = json["current_leaf_message_uuid"]?.stringValue.flatMap { places[$0] }.flatMap { ids[$0] }
        conversation.head = shown ?? messages.max { $0.created < $1.created }.flatMap { newest in
            messages.last { $0.created == newest.created }?.id
        }
        if let model = json["model"]?.stringValue, !model.isEmpty {
            for index in messages.indices where messages[index].receipt?.model == nil { messages[index].receipt?.model = model }
        }
        return ConversationTree(conversation, messages)
    }

    /// The places of the messages, parents before what follows them, else as they stand. Messages in a ring of parents
    /// come at last.
    private static func order(_ parents: [Int?]) -> [Int] {
        var children: [Int: [Int]] = [:]
        for (index, parent) in parents.enumerated() { if let parent { children[parent, default: []].append(index) } }
        var order: [Int] = []
        var seen: Set<Int> = []
        for root in parents.indices.filter({ parents[$0] == nil }) + Array(parents.indices) {
            var stack = [root]
            while let index = stack.popLast() {
                guard seen.insert(index).inserted else { continue }
                order.append(index)
                stack += (children[index] ?? []).reversed()
            }
        }
        return order
    }

    private static func message(
        _ json: JSONValue, _ id: MessageID, _ parent: MessageID?, _ conversation: Conversation, _ notes: inout ImportNotes
    ) -> StoredMessage? {
        let role: Message.Role = json["sender"]?.stringValue == "human" ? .user : .assistant
        var reader = ClaudePartReader(message: json)
        reader.read()
        notes.missingMedia += reader.notes.missingMedia
        notes.unknownParts.merge(reader.notes.unknownParts, uniquingKeysWith: +)
        if reader.parts.all.isEmpty { return nil }
        let created = ForeignTime.iso(json["created_at"]) ?? conversation.created
        var message = StoredMessage(
            id: id, conversation: conversation.id, parent: parent, message: Message(role: role, parts: reader.parts.all), status: .sent,
            created: created)
        message.updated = ForeignTime.iso(json["updated_at"]) ?? created
        if role == .assistant {
            var receipt = Receipt()
            receipt.model = json["model"]?.stringValue
            receipt.route = "imported from Claude"
            message.receipt = receipt
            if json["stop_reason"]?.stringValue == "user_canceled" { message.status = .stopped }
        }
        return message
    }
}
