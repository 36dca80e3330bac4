public import LAICore

/// Names what an ``ID`` is of.
public enum StreamSubject {}
public enum ConversationSubject {}
public enum MessageSubject {}

public typealias SessionID = ID<StreamSubject>
public typealias ConversationID = ID<ConversationSubject>
public typealias MessageID = ID<MessageSubject>

/// Where a stream's events are kept until its message is written: append-only, and the truth of what was received.
///
/// The service calls ``append(_:)`` and ``finish(_:)`` from one task, in order; ``read(_:from:maxBytes:)`` comes from
/// any reader at any time.
public protocol StreamJournal: Sendable {
    /// Keeps the batches of several sessions, all of them or none.
    /// - Throws: ``LAIError``, most often `file` when there is no space. The service keeps the batches and tries again.
    func append(_ batches: [JournalBatch]) async throws

    /// Writes the messages that streams became and lets the streams' events go, in one step for all of them.
    func finish(_ streams: [FinishedStream]) async throws

    /// The events of a session from a sequence number on, as many as fit in about `maxBytes`, at least one where there
    /// is one. Nil when the journal no longer has the session, because its message was written.
    func read(_ session: SessionID, from sequence: Int, maxBytes: Int) async throws -> [StreamEvent]?

    /// Those of the sessions that some other process asked to stop.
    func stopRequests(among sessions: [SessionID]) async throws -> [SessionID]
}

extension StreamJournal {
    /// Writes the message that a stream became and lets the stream's events go, in one step.
    public func finish(_ stream: FinishedStream) async throws { try await finish([stream]) }
}

/// Events of a session that follow one another.
public struct JournalBatch: Sendable {
    public var session: SessionID
    /// The sequence number of the first event; the others follow it without a gap.
    public var first: Int
    public var events: [StreamEvent]

    public init(session: SessionID, first: Int, events: [StreamEvent]) {
        self.session = session
        self.first = first
        self.events = events
    }
}

/// A stream that has come to its end.
public struct FinishedStream: Sendable {
    public var session: SessionID
    public var conversation: ConversationID
    /// The message that it fills.
    public var message: MessageID
    /// How it ended, with the whole message, or what there is of it.
    public var end: StreamEnd
    /// The model that answered, where the provider told.
    public var model: String?
    /// The provider that answered, where a router chose it.
    public var provider: String?
    /// The model that this provider was asked for, where a router chose it.
    public var modelAsked: String?
    /// What the stream's warnings said.
    public var warnings: [String] = []
    public var metrics: StreamMetrics

    public init(
        session: SessionID, conversation: ConversationID, message: MessageID, end: StreamEnd, model: String? = nil,
        metrics: StreamMetrics = StreamMetrics()
    ) {
        self.session = session
        self.conversation = conversation
        self.message = message
        self.end = end
        self.model = model
        self.metrics = metrics
    }
}
