public import LAICore
public import LAIStreaming

/// Where conversations are kept. LAI has two: ``SQLiteDatabase``, and ``MemoryDatabase`` for what shall leave no trace.
///
/// Every change is whole or is not, and is kept once the call returns. Errors are ``LAIError`` with the code `file`
/// where the storage fails, `notFound` where there is no such thing, `invalidRequest` for what the tree does not allow.
public protocol ChatDatabase: StreamJournal {
    // MARK: Conversations

    /// Keeps a conversation: a new one, or changes of one that is there. Its place in the list, by the time of its last
    /// message, stays.
    func save(_ conversation: Conversation) async throws
    func conversation(_ id: ConversationID) async throws -> Conversation?
    /// The conversations that match, pinned ones first, then those that changed last.
    func conversations(_ filter: ConversationFilter) async throws -> [Conversation]
    /// Removes a conversation with all its messages, for good.
    func purge(_ id: ConversationID) async throws

    /// Changes a conversation in one step, so that two who change it at once both have their way.
    /// - Returns: what it is now.
    /// - Throws: `notFound` when there is none of that id; what the body throws, and then nothing is changed.
    @discardableResult
    func change(_ id: ConversationID, _ body: @escaping @Sendable (inout Conversation) throws -> Void) async throws -> Conversation

    /// What changed after a cursor, in whichever process.
    /// - Parameters:
    ///   - cursor: where the last call ended; nil only tells where the newest change is.
    ///   - limit: the most to give at once.
    func changes(after cursor: Int?, limit: Int) async throws -> ChatChanges

    // MARK: Messages

    /// Adds messages, each behind its parent, and makes the last of them its conversation's head; a branch that is left
    /// by it is kept in mind for ``choose(_:)``. It adds all of them, or none when one of them is there already under its id: so
    /// what is sent many times, one after the other or at once, in whichever processes, is there once.
    /// - Parameters:
    ///   - stream: the stream that is to fill the last of them, from now on.
    ///   - conversation: kept with them, where there is none of its id yet.
    ///   - goesOn: whether they are added only while the first of them follows the conversation's head.
    /// - Returns: what became of them.
    /// - Throws: `deleted` for a conversation that is deleted.
    @discardableResult
    func add(
        _ messages: [StoredMessage], stream: StreamRecord?, beginning conversation: Conversation?, atHead goesOn: Bool
    ) async throws -> Addition
    func message(_ id: MessageID) async throws -> StoredMessage?
    /// Changes a message's content, status, receipt or error.
    func update(_ message: StoredMessage) async throws
    /// All messages of a conversation, in the order of their making.
    func messages(in conversation: ConversationID) async throws -> [StoredMessage]
    /// The branch that ends with a message: the newest `limit` of its messages, the oldest of them first.
    func branch(endingWith message: MessageID, limit: Int) async throws -> [StoredMessage]
    /// What follows messages at once, in the order of its making: an answer, and those beside it.
    /// - Parameter parents: nil stands for the beginning of the conversation.
    func children(of parents: Set<MessageID?>, in conversation: ConversationID) async throws -> [MessageID?: [MessageID]]
    /// Shows the branch that a message is in, if another is shown: as it was when it was left, and the newest way on from
    /// there.
    func choose(_ message: MessageID) async throws
    /// Removes a message and all that follow it; its conversation's head goes to its parent, if it was among them.
    func remove(_ id: MessageID) async throws

    // MARK: Many at once

    /// Takes conversations in that come from elsewhere, with their ids and times. What is there already stays as it is,
    /// what is new of it is added, and one that a person deleted stays deleted: to do it twice is harmless.
    /// - Parameter isTrial: changes nothing, and tells what would be changed.
    /// - Returns: what became of each, in their order; one that is refused does not keep the others out.
    func merge(_ trees: [ConversationTree], isTrial: Bool) async throws -> [MergeOutcome]
    /// What the store holds, in figures. It looks at each message: a second or two for a million of them.
    func statistics(_ filter: StatisticsFilter) async throws -> Statistics

    // MARK: Search

    /// Finds messages and titles, the best first: those whose words fit, the newer ones before the older. What is being
    /// received is found as far as the journal has it. Deleted conversations are not looked through, archived ones are.
    /// - Parameters:
    ///   - limit: how many hits.
    ///   - offset: how many of the best to pass over, for a further page.
    func search(_ query: SearchQuery, limit: Int, offset: Int) async throws -> [SearchHit]
    /// What a person may be typing, the likeliest first: the whole text, with its last word completed, or a title.
    func suggestions(for text: String, limit: Int) async throws -> [String]

    // MARK: Streams

    /// The streams that run, of every process.
    func runningStreams() async throws -> [StreamRecord]
    /// Asks whichever process runs a stream to stop it.
    func requestStop(_ session: SessionID) async throws
    /// Ends the streams of processes that are gone: their messages become `interrupted`, with the text that came.
    /// - Returns: those messages.
    @discardableResult
    func recover() async throws -> [MessageID]
}

extension ChatDatabase {
    /// Adds messages, wherever in the tree.
    @discardableResult
    public func add(_ messages: [StoredMessage], stream: StreamRecord?, beginning conversation: Conversation? = nil) async throws -> Addition {
        try await add(messages, stream: stream, beginning: conversation, atHead: false)
    }
}

/// What became of messages that were to be added.
public enum Addition: Sendable, Hashable {
    case added
    /// One of them is there already: nothing is changed.
    case known
    /// Others were added behind the conversation's head before: nothing is changed.
    case late
}

extension LAIError {
    /// Why nothing is said any more in a conversation that is deleted.
    package static var deletedConversation: LAIError { LAIError(.deleted, "The conversation is deleted: bring it back to go on in it.") }
}

/// Which conversations are wanted.
public struct ConversationFilter: Sendable {
    public var isArchived: Bool? = false
    public var isDeleted = false
    public var tag: String?
    public var limit = 100
    public var offset = 0

    public init() {}
}

/// A stream that some process runs.
public struct StreamRecord: Sendable, Hashable {
    public var session: SessionID
    public var conversation: ConversationID
    public var message: MessageID
    public var began: Timestamp
    /// What the message's receipt will hold, as far as it is known.
    public var receipt: Receipt

    public init(
        session: SessionID, conversation: ConversationID, message: MessageID, began: Timestamp = .now, receipt: Receipt = Receipt()
    ) {
        self.session = session
        self.conversation = conversation
        self.message = message
        self.began = began
        self.receipt = receipt
    }
}
