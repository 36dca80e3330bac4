public import LAICore
public import LAIStreaming

/// A message in its conversation's tree.
public struct StoredMessage: Sendable, Hashable, Identifiable {
    /// How far a message is.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Kept, but its request did not go out yet.
        case pending
        /// The answer is being received.
        case streaming
        /// A person's message that was answered, or an answer that is whole.
        case sent
        /// The person stopped it; the text stays.
        case stopped
        /// It broke off: the connection, the program or the machine ended.
        case interrupted
        /// There is no answer.
        case failed
    }

    public let id: MessageID
    public let conversation: ConversationID
    /// The message before it; nil for the first.
    public let parent: MessageID?
    public var message: Message
    public var status: Status
    public let created: Timestamp
    public var updated: Timestamp
    /// What is known of how an answer came about.
    public var receipt: Receipt?
    /// What went wrong, for one that failed or broke off.
    public var error: LAIError?

    public init(
        id: MessageID = MessageID(), conversation: ConversationID, parent: MessageID?, message: Message, status: Status,
        created: Timestamp = .now
    ) {
        self.id = id
        self.conversation = conversation
        self.parent = parent
        self.message = message
        self.status = status
        self.created = created
        updated = created
    }

    public static func == (a: StoredMessage, b: StoredMessage) -> Bool {
        a.id == b.id && a.conversation == b.conversation && a.parent == b.parent && a.message == b.message
            && a.status == b.status && a.created == b.created && a.updated == b.updated && a.receipt == b.receipt
            && a.error?.code == b.error?.code && a.error?.message == b.error?.message
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension StoredMessage.Status {
    /// What becomes of an answer that ended so.
    public init(_ reason: FinishReason) {
        self =
            switch reason {
            case .stop, .length, .toolCalls, .contentFilter, .refusal: .sent
            case .stopped: .stopped
            case .interrupted: .interrupted
            case .failed: .failed
            }
    }
}
