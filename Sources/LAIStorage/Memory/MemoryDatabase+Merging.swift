internal import LAICore
internal import LAIStreaming

extension MemoryDatabase.State {
    /// The state with a conversation from elsewhere, and what became of it.
    func merging(_ tree: ConversationTree) -> (MemoryDatabase.State, MergeOutcome) {
        var next = self
        do {
            let outcome = try next.merge(tree)
            return (next, outcome)
        } catch {
            return (self, .refused(error as? LAIError ?? LAIError(.invalidRequest, "\(error)")))
        }
    }

    private mutating func merge(_ tree: ConversationTree) throws -> MergeOutcome {
        let id = tree.conversation.id
        let stored = conversations[id]
        if stored?.deleted != nil { return .deleted }
        if stored == nil { keep(tree.conversation) }
        var count = 0
        for message in tree.messages where messages[message.id] == nil {
            try check([message])
            add(message)
            count += 1
        }
        guard let stored else {
            guard count == tree.messages.count else { throw ConversationTree.foreign }
            conversations[id] = tree.conversation
            return .added(messages: count)
        }
        // Adding moved both.
        conversations[id]?.head = stored.head
        conversations[id]?.updated = stored.updated
        if count == 0 { return .unchanged }
        conversations[id]?.updated = max(stored.updated, tree.conversation.updated)
        if let head = tree.conversation.head, tree.leads(through: stored.head, to: head) { conversations[id]?.head = head }
        return .extended(messages: count)
    }
}
