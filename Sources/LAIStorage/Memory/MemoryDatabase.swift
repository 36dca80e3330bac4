public import LAICore
public import LAIStreaming
internal import Synchronization

/// Conversations in memory, which leave no trace: for temporary ones, and for tests. It keeps the same rules as the file.
public final class MemoryDatabase: ChatDatabase {
    struct Stream {
        var record: StreamRecord
        /// As the journal's rows are: a tenth of what the events would take.
        var batches: [(first: Int, count: Int, events: [UInt8])] = []
        var isStopRequested = false
    }

    struct State {
        var conversations: [ConversationID: Conversation] = [:]
        var messages: [MessageID: StoredMessage] = [:]
        /// The messages of each conversation, in the order of their making.
        var order: [ConversationID: [MessageID]] = [:]
        /// Where branches were left, by their first messages.
        var left: [MessageID: MessageID] = [:]
        var streams: [SessionID: Stream] = [:]
        var log = ChangeLog()
    }

    private let state = Mutex(State())

    /// Everything, as it is now.
    var snapshot: State { state.withLock { $0 } }

    public init() {}

    public func save(_ conversation: Conversation) throws {
        try state.withLock { state in
            if let head = conversation.head, state.messages[head]?.conversation != conversation.id {
                throw LAIError(.invalidRequest, "The head of a conversation must be one of its messages.")
            }
            var conversation = conversation
            conversation.updated = state.conversations[conversation.id]?.updated ?? conversation.updated
            state.keep(conversation)
        }
    }

    @discardableResult
    public func change(_ id: ConversationID, _ body: @Sendable (inout Conversation) throws -> Void) throws -> Conversation {
        try state.withLock { state in
            guard var conversation = state.conversations[id] else { throw LAIError(.notFound, "There is no conversation \(id).") }
            let updated = conversation.updated
            try body(&conversation)
            if let head = conversation.head, state.messages[head]?.conversation != id {
                throw LAIError(.invalidRequest, "The head of a conversation must be one of its messages.")
            }
            conversation.updated = updated
            state.keep(conversation)
            return conversation
        }
    }

    public func changes(after cursor: Int?, limit: Int) -> ChatChanges { state.withLock { $0.log.changes(after: cursor, limit: limit) } }

    public func conversation(_ id: ConversationID) -> Conversation? { state.withLock { $0.conversations[id] } }

    public func conversations(_ filter: ConversationFilter) -> [Conversation] {
        let all = state.withLock { Array($0.conversations.values) }
        let matching = all.filter { conversation in
            (conversation.deleted != nil) == filter.isDeleted
                && filter.isArchived.map { $0 == conversation.isArchived } ?? true
                && filter.tag.map(conversation.tags.contains) ?? true
        }
        let sorted = matching.sorted { a, b in
            (a.isPinned ? 1 : 0, a.updated.milliseconds, a.id) > (b.isPinned ? 1 : 0, b.updated.milliseconds, b.id)
        }
        return Array(sorted.dropFirst(filter.offset).prefix(filter.limit))
    }

    public func purge(_ id: ConversationID) {
        state.withLock { state in
            for message in state.order.removeValue(forKey: id) ?? [] {
                state.messages[message] = nil
                state.left[message] = nil
            }
            state.streams = state.streams.filter { $0.value.record.conversation != id }
            guard state.conversations.removeValue(forKey: id) != nil else { return }
            state.log.append(ChatChange(.conversationPurged, conversation: id))
        }
    }

    @discardableResult
    public func add(
        _ messages: [StoredMessage], stream: StreamRecord?, beginning conversation: Conversation?, atHead goesOn: Bool
    ) throws -> Addition {
        try state.withLock { state in
            if messages.contains(where: { state.messages[$0.id] != nil }) { return .known }
            if goesOn, let first = messages.first, state.conversations[first.conversation]?.head != first.parent { return .late }
            try state.check(messages, beginning: conversation)
            if let stream { try state.check(stream, of: messages) }
            if var conversation, state.conversations[conversation.id] == nil {
                conversation.head = nil
                state.keep(conversation)
            }
            for message in messages { state.add(message) }
            if let stream { state.streams[stream.session] = Stream(record: stream) }
            return .added
        }
    }

    public func message(_ id: MessageID) -> StoredMessage? { state.withLock { $0.messages[id] } }

    public func update(_ message: StoredMessage) throws {
        try state.withLock { try $0.update(message) }
    }

    public func messages(in conversation: ConversationID) -> [StoredMessage] {
        state.withLock { state in (state.order[conversation] ?? []).compactMap { state.messages[$0] } }
    }

    public func branch(endingWith message: MessageID, limit: Int) -> [StoredMessage] {
        state.withLock { state in
            var branch: [StoredMessage] = []
            var next = state.messages[message]
            while let message = next, branch.count < limit {
                branch.append(message)
                next = message.parent.flatMap { state.messages[$0] }
            }
            return branch.reversed()
        }
    }

    public func children(of parents: Set<MessageID?>, in conversation: ConversationID) -> [MessageID?: [MessageID]] {
        let messages = messages(in: conversation).filter { parents.contains($0.parent) }
        return Dictionary(grouping: messages, by: \.parent).mapValues { $0.map(\.id) }
    }

    public func choose(_ message: MessageID) throws { try state.withLock { try $0.choose(message) } }

    public func remove(_ id: MessageID) { state.withLock { $0.remove(id) } }

    // MARK: Many at once

    public func merge(_ trees: [ConversationTree], isTrial: Bool) -> [MergeOutcome] {
        state.withLock { state in
            var next = state
            let outcomes = trees.map { tree in
                let (merged, outcome) = next.merging(tree)
                next = merged
                return outcome
            }
            if !isTrial { state = next }
            return outcomes
        }
    }

    public func statistics(_ filter: StatisticsFilter) -> Statistics {
        let state = state.withLock { $0 }
        var builder = StatisticsBuilder(filter)
        for message in state.messages.values where builder.wants(message.created) {
            builder.add(message.message.role, message.status, message.created, message.receipt.map(AnswerFigures.init))
        }
        let conversations = state.conversations.values
        return builder.statistics(
            conversations: conversations.count { $0.deleted == nil }, archived: conversations.count { $0.deleted == nil && $0.isArchived },
            deleted: conversations.count { $0.deleted != nil }, running: state.streams.count, bytes: 0)
    }

    // MARK: Streams

    public func append(_ batches: [JournalBatch]) {
        let rows = batches.map { ($0.session, (first: $0.first, count: $0.events.count, events: JournalCoding.encode($0.events))) }
        state.withLock { state in
            for (session, row) in rows { state.streams[session]?.batches.append(row) }
        }
    }

    public func finish(_ streams: [FinishedStream]) throws {
        try state.withLock { state in
            for stream in streams { try state.finish(stream) }
        }
    }

    public func read(_ session: SessionID, from sequence: Int, maxBytes: Int) throws -> [StreamEvent]? {
        guard let batches = state.withLock({ $0.streams[session]?.batches }) else { return nil }
        var events: [StreamEvent] = []
        var bytes = 0
        for batch in batches where batch.first + batch.count > sequence && bytes < maxBytes {
            bytes += batch.events.count
            events += try JournalCoding.decode(batch.events).dropFirst(max(0, sequence - batch.first))
        }
        return events
    }

    public func runningStreams() -> [StreamRecord] {
        state.withLock { $0.streams.values.map(\.record) }.sorted { $0.began < $1.began }
    }

    public func requestStop(_ session: SessionID) { state.withLock { $0.streams[session]?.isStopRequested = true } }

    public func stopRequests(among sessions: [SessionID]) -> [SessionID] {
        state.withLock { state in sessions.filter { state.streams[$0]?.isStopRequested == true } }
    }

    /// Nothing outlives the process.
    @discardableResult
    public func recover() -> [MessageID] { [] }
}
