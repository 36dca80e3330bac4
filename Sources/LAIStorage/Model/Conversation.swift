public import LAICore
public import LAIStreaming

/// A conversation: a tree of messages, and what a person did with it.
public struct Conversation: Sendable, Hashable, Identifiable {
    /// Who gave the title: a later maker never goes over an earlier person's.
    public enum TitleSource: Int, Sendable, Hashable, Comparable {
        /// There is none yet.
        case none
        /// The first words of the conversation.
        case words
        /// A model.
        case model
        case person

        public static func < (a: TitleSource, b: TitleSource) -> Bool { a.rawValue < b.rawValue }
    }

    public let id: ConversationID
    public var title: String
    public var titleSource: TitleSource
    public let created: Timestamp
    /// When a message was last added or changed.
    public internal(set) var updated: Timestamp
    public var isPinned = false
    public var isArchived = false
    /// When it was deleted; it can be brought back until it is purged.
    public var deleted: Timestamp?
    /// Whether it may reach providers on this machine only.
    public var isLocalOnly = false
    public var system: String?
    /// The model that is asked unless another is named, as provider/model.
    public var model: String?
    /// How its answers are made, unless a question says otherwise.
    public var parameters = AnswerParameters()
    /// The last message of the branch that is shown; nil while there is none.
    public var head: MessageID?
    public var tags: Set<String> = []

    public init(id: ConversationID = ConversationID(), title: String = "", titleSource: TitleSource? = nil, created: Timestamp = .now, updated: Timestamp? = nil) {
        self.id = id
        self.title = title
        self.titleSource = titleSource ?? (title.isEmpty ? .none : .person)
        self.created = created
        self.updated = updated ?? created
    }
}
