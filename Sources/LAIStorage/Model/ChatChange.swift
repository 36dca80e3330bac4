public import LAICore
public import LAIStreaming

/// Something that changed in the store, in whichever process.
public struct ChatChange: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A conversation is new, or its title, marks, tags, model or head are others.
        case conversation
        /// A conversation is gone for good, with its messages.
        case conversationPurged = "conversation_purged"
        /// A message is new, or its content or status is another. The text of a running answer is followed through its
        /// stream, not here.
        case message
        case messageRemoved = "message_removed"
    }

    public var kind: Kind
    public var conversation: ConversationID
    /// The message, where it is one that changed.
    public var message: MessageID?
    /// The status that the message then had; the message itself may have gone on since.
    public var status: StoredMessage.Status?

    public init(_ kind: Kind, conversation: ConversationID, message: MessageID? = nil, status: StoredMessage.Status? = nil) {
        self.kind = kind
        self.conversation = conversation
        self.message = message
        self.status = status
    }
}

/// Changes that follow one another.
public struct ChatChanges: Sendable, Hashable {
    /// So many changes are remembered; who comes back later reads everything anew.
    public static let memory = 10_000

    /// The oldest first. The same one twice in a row is there once.
    public var changes: [ChatChange]
    /// Where to go on from.
    public var cursor: Int
    /// False when changes behind the cursor that was asked for are forgotten: what is shown must be read anew.
    public var isComplete: Bool

    public init(changes: [ChatChange], cursor: Int, isComplete: Bool = true) {
        self.changes = changes
        self.cursor = cursor
        self.isComplete = isComplete
    }

    mutating func append(_ change: ChatChange) {
        if changes.last != change { changes.append(change) }
    }
}
