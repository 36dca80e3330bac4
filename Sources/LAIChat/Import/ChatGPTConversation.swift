internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// A conversation as ChatGPT exports it: a `mapping` from ids to nodes, each with its parent, its children and, most of
/// the time, a message; `current_node` is the end of the branch that was shown.
///
/// What ChatGPT shows as one answer is a chain of nodes there (thoughts, code, a tool's output, text): it becomes one
/// message, under the id of its last node. Nodes that are hidden or empty are left out, and what follows them moves up.
enum ChatGPTConversation {
    static func tree(_ json: JSONValue, _ notes: inout ImportNotes) throws(LAIError) -> ConversationTree {
        guard let mapping = json["mapping"]?.objectValue else { throw LAIError(.file, "it has no messages") }
        let created = ForeignTime.seconds(json["create_time"]) ?? ForeignTime.seconds(json["update_time"])
        let title = json["title"]?.stringValue ?? ""
        let ownName = json["conversation_id"]?.stringValue ?? json["id"]?.stringValue
        guard let name = ownName ?? created.map({ "\($0.milliseconds) \(title)" }) else {
            throw LAIError(.file, "it has neither an id nor a time")
        }
        var conversation = Conversation(
            id: ForeignID.make(.chatGPT, "conversation", name), title: title, created: created ?? Timestamp(milliseconds: 0),
            updated: ForeignTime.seconds(json["update_time"]) ?? created)
        conversation.isArchived = json["is_archived"]?.boolValue ?? false
        conversation.isPinned = json["is_starred"]?.boolValue ?? false

        let turns = turns(of: ChatGPTNodes(mapping), &conversation, &notes)
        func id(of turn: Turn) -> MessageID { ForeignID.make(.chatGPT, "message", name, turn.last) }
        var messages: [StoredMessage] = []
        // The messages stand as the turns do.
        for turn in turns.all {
            let parent = turn.parent.map { messages[$0] }
            let time = turn.time ?? parent?.created ?? conversation.created
            messages.append(turn.message(id(of: turn), parent: parent?.id, in: conversation.id, time))
        }
        let shown = json["current_node"]?.stringValue.flatMap { turns.places[$0] }
        conversation.head = shown.map { id(of: turns.all[$0]) } ?? messages.last?.id
        return ConversationTree(conversation, messages)
    }

    /// Joins the nodes to what a person sees as one message each.
    /// - Returns: the turns, and the turn of each node, or the one before it where the node is left out.
    private static func turns(
        of nodes: ChatGPTNodes, _ conversation: inout Conversation, _ notes: inout ImportNotes
    ) -> (all: [Turn], places: [String: Int]) {
        var contents: [String: ChatGPTContent] = [:]
        /// The nearest node above each that is shown, or the node itself.
        var shown: [String: String] = [:]
        var followers: [String: Int] = [:]
        for node in nodes.inOrder {
            let above = nodes.parents[node].flatMap { shown[$0] }
            let content = nodes.message(of: node).map { ChatGPTContent($0, &notes) }
            if let text = content?.instructions { conversation.system = text }
            if let content, content.isShown {
                contents[node] = content
                shown[node] = node
                if let above { followers[above, default: 0] += 1 }
            } else {
                shown[node] = above
            }
        }
        var all: [Turn] = []
        var places: [String: Int] = [:]
        for node in nodes.inOrder {
            let above = nodes.parents[node].flatMap { shown[$0] }
            guard let content = contents[node] else {
                places[node] = above.flatMap { places[$0] }
                continue
            }
            let parent = above.flatMap { places[$0] }
            // A fork ends an answer: its branches are messages of their own.
            if let parent, let above, content.role == .assistant, all[parent].contents[0].role == .assistant, followers[above] == 1 {
                all[parent].contents.append(content)
                all[parent].last = node
                places[node] = parent
            } else {
                places[node] = all.count
                all.append(Turn(contents: [content], last: node, parent: parent))
            }
        }
        return (all, places)
    }

    /// What a person sees as one message.
    private struct Turn {
        var contents: [ChatGPTContent]
        var last: String
        /// The turn before it.
        var parent: Int?

        var time: Timestamp? { contents.lazy.compactMap(\.created).first }

        func message(_ id: MessageID, parent: MessageID?, in conversation: ConversationID, _ time: Timestamp) -> StoredMessage {
            let role = contents[0].role
            var parts = MessageParts()
            for content in contents { parts.add(content.parts) }
            var message = StoredMessage(
                id: id, conversation: conversation, parent: parent, message: Message(role: role, parts: parts.all), status: .sent,
                created: time)
            message.updated = contents.lazy.compactMap(\.created).max() ?? time
            guard role == .assistant else { return message }
            message.status = contents.last { $0.status != nil }?.status ?? .sent
            var receipt = Receipt()
            receipt.model = contents.last { $0.model != nil }?.model
            receipt.route = "imported from ChatGPT"
            message.receipt = receipt
            return message
        }
    }
}
