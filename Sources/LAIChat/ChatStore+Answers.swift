public import LAICore
internal import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Stops an answer, in whichever process it is received. What came of it stays.
    public func stop(_ answer: MessageID) async throws {
        guard let stream = try await database.runningStreams().first(where: { $0.message == answer }) else { return }
        try await stop(stream)
    }

    func stop(_ stream: StreamRecord) async throws {
        if let session = service.session(stream.session) {
            session.stop()
        } else {
            try await database.requestStop(stream.session)
        }
    }

    /// Asks the question of an answer once more: the new answer stands beside the old one. One that failed with nothing
    /// to show for it goes.
    public func regenerate(_ answer: MessageID, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: answer)
        guard old.message.role == .assistant else {
            throw LAIError(.invalidRequest, "This is a question: retry it, or ask for another answer beside one that it has.")
        }
        guard let question = branch.dropLast().last else {
            throw LAIError(.invalidRequest, "There is no question before this answer.")
        }
        try check(conversation, target)
        let exchange = try await receive(stream(after: branch.dropLast(), nil, conversation, target), adding: nil, after: question, target)
        // Those that queued behind it fell with it, and stay to be retried.
        let hasFollowers = try await database.messages(in: old.conversation).contains { $0.parent == old.id }
        if old.status == .failed, old.message.parts.isEmpty, !hasFollowers { try await database.remove(old.id) }
        return exchange
    }

    /// Asks once more: where there was no answer, or for one beside it.
    /// - Parameter message: the answer, or the question, unless an answer to it is still being received.
    public func retry(_ message: MessageID, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: message)
        if old.message.role == .assistant { return try await regenerate(message, with: target) }
        try check(conversation, target)
        if try await database.messages(in: old.conversation).contains(where: { $0.parent == old.id && $0.status == .streaming }) {
            throw LAIError(.invalidRequest, "The answer to this question is still being received: stop it, or wait for its end.")
        }
        return try await receive(stream(after: branch, nil, conversation, target), adding: nil, after: old, target)
    }

    /// Lets an answer that broke off, or was cut short, go on. What comes is a message of its own behind it: the seam
    /// stays visible, and what is said twice at it is cut.
    public func continueAnswer(_ answer: MessageID, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: answer)
        try check(conversation, target)
        guard old.message.role == .assistant else { throw LAIError(.invalidRequest, "This is a question, which does not go on: retry it.") }
        guard old.message.toolCalls.isEmpty else {
            throw LAIError(.invalidRequest, "This answer calls tools: it cannot be continued, ask for another one.")
        }
        if old.status == .sent, old.receipt?.finishReason != .length {
            throw LAIError(.invalidRequest, "This answer is whole: there is nothing to continue; ask on, or ask for another one.")
        }
        guard !old.message.text.isEmpty else { return try await regenerate(answer, with: target) }
        let continuation = Continuation(of: request(for: branch.map(\.message), conversation, target), by: target.provider)
        return try await receive(
            continuation.joining(target.provider.stream(continuation.request, options: target.options)), adding: nil, after: old, target)
    }

    /// Sends another text in place of a question: a branch beside it.
    public func edit(_ question: MessageID, to message: Message, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: question)
        guard old.message.role == .user else {
            throw LAIError(.invalidRequest, "This is an answer, which cannot be edited: edit its question, or ask for another one.")
        }
        try check(conversation, target)
        let edited = StoredMessage(conversation: old.conversation, parent: old.parent, message: message, status: .pending)
        return try await receive(stream(after: branch.dropLast(), message, conversation, target), adding: edited, after: edited, target)
    }

    /// Shows the branch that a message is in, if another is shown: as it was when it was left, and the newest way on from
    /// there.
    public func choose(_ message: MessageID) async throws { try await database.choose(message) }

    func context(of id: MessageID) async throws -> (StoredMessage, branch: [StoredMessage], Conversation) {
        var branch = try await database.branch(endingWith: id, limit: .max)
        if branch.last?.status == .streaming, service.session(filling: id)?.end != nil {
            // It ended, and is about to be written.
            branch[branch.count - 1] = try await settled(id)
        }
        guard let message = branch.last, let conversation = try await database.conversation(message.conversation) else {
            throw LAIError(.notFound, "There is no message \(id).")
        }
        if message.status == .streaming { throw LAIError(.invalidRequest, "This answer is still being received: stop it, or wait for its end.") }
        return (message, branch, conversation)
    }
}
