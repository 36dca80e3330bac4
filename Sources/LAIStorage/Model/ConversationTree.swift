public import LAICore
internal import LAIStreaming

/// A conversation with all of its messages, parents before what follows them.
public struct ConversationTree: Sendable, Hashable {
    public var conversation: Conversation
    public var messages: [StoredMessage]

    public init(_ conversation: Conversation, _ messages: [StoredMessage]) {
        self.conversation = conversation
        self.messages = messages
    }

    /// Whether the branch that ends with a message leads through another.
    func leads(through other: MessageID?, to end: MessageID) -> Bool {
        guard let other else { return true }
        let parents = Dictionary(messages.map { ($0.id, $0.parent) }) { first, _ in first }
        var next: MessageID? = end
        var steps = 0
        while let id = next, steps <= messages.count {
            if id == other { return true }
            next = parents[id] ?? nil
            steps += 1
        }
        return false
    }
}

/// What became of a conversation that came from elsewhere.
public enum MergeOutcome: Sendable {
    /// It was new, with so many messages.
    case added(messages: Int)
    /// It was there, and so many of its messages were new.
    case extended(messages: Int)
    /// All of it was there.
    case unchanged
    /// A person deleted it; it was left so.
    case deleted
    /// It breaks a rule of the store; nothing of it was taken.
    case refused(LAIError)
}
