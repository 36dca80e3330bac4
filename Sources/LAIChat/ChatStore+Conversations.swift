public import LAICore
public import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Begins a conversation. Nothing is kept of it before its first message.
    public func create(title: String = "", system: String? = nil, isLocalOnly: Bool = false) -> Conversation {
        var conversation = Conversation(title: title)
        conversation.system = system
        conversation.isLocalOnly = isLocalOnly
        return conversation
    }

    /// Changes a conversation in one step, whoever else changes it at the same time.
    /// - Throws: ``LAIError`` with the code `notFound` when there is none of that id.
    @discardableResult
    public func change(_ id: ConversationID, _ body: @escaping @Sendable (inout Conversation) -> Void) async throws -> Conversation {
        try await database.change(id, body)
    }

    /// Gives a conversation the name that a person wants.
    public func rename(_ id: ConversationID, to title: String) async throws {
        try await change(id) {
            $0.title = title
            $0.titleSource = .person
        }
    }

    public func pin(_ id: ConversationID, _ isPinned: Bool = true) async throws { try await change(id) { $0.isPinned = isPinned } }
    public func archive(_ id: ConversationID, _ isArchived: Bool = true) async throws { try await change(id) { $0.isArchived = isArchived } }
    public func tag(_ id: ConversationID, _ tags: Set<String>) async throws { try await change(id) { $0.tags.formUnion(tags) } }
    public func untag(_ id: ConversationID, _ tags: Set<String>) async throws { try await change(id) { $0.tags.subtract(tags) } }

    /// Begins a new conversation with all that was said up to a message: what is said in it from then on leaves the old
    /// one as it is.
    /// - Throws: ``LAIError``: `notFound`, and `invalidRequest` while the message is still being received.
    public func fork(at message: MessageID) async throws -> Conversation {
        let (_, branch, old) = try await context(of: message)
        var new = Conversation(title: old.title, titleSource: old.titleSource)
        new.system = old.system
        new.model = old.model
        new.parameters = old.parameters
        new.isLocalOnly = old.isLocalOnly
        new.tags = old.tags
        var parent: MessageID?
        let copies = branch.map { message in
            // A question that was not answered yet, because the fork goes behind it, can be retried.
            let status = message.status == .pending ? .failed : message.status
            var copy = StoredMessage(
                conversation: new.id, parent: parent, message: message.message, status: status, created: message.created)
            copy.receipt = message.receipt
            copy.error = message.error
            parent = copy.id
            return copy
        }
        try await database.add(copies, stream: nil, beginning: new)
        return try await database.conversation(new.id) ?? new
    }
}
