public import LAICore
public import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Sends a message and begins to receive its answer. Both are kept before the request goes out.
    /// - Parameters:
    ///   - parent: the message that it follows; nil takes the conversation's head.
    ///   - id: made by whoever sends: to send the same again under it is harmless.
    /// - Throws: ``LAIError``: `permission` where the conversation may not reach the provider, `file` where nothing can
    ///   be kept, `invalidRequest` while an answer of this branch is still being received.
    public func send(
        _ message: Message, in conversation: Conversation, after parent: MessageID? = nil, id: MessageID = MessageID(),
        to target: Target
    ) async throws -> Exchange {
        if let known = try await database.message(id) { return try await exchange(of: known) }
        try check(conversation, target)
        let stored = try await database.conversation(conversation.id)
        let parent = parent ?? (stored ?? conversation).head
        var branch: [StoredMessage] = []
        if let parent { branch = try await database.branch(endingWith: parent, limit: .max) }
        if branch.last?.status == .streaming {
            throw LAIError(.invalidRequest, "The answer before it is still being received: wait for its end, or stop it.")
        }
        if stored == nil { try await database.save(ChatTitle.named(conversation, after: message)) }
        let question = StoredMessage(id: id, conversation: conversation.id, parent: parent, message: message, status: .pending)
        let request = request(for: branch.map(\.message) + [message], conversation, target)
        return try await receive(request, adding: question, after: question, target)
    }

    /// Stops an answer, in whichever process it is received. What came of it stays.
    public func stop(_ answer: MessageID) async throws {
        guard let stream = try await database.runningStreams().first(where: { $0.message == answer }) else { return }
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
        guard let question = branch.dropLast().last else {
            throw LAIError(.invalidRequest, "There is no question before this answer.")
        }
        try check(conversation, target)
        let request = request(for: branch.dropLast().map(\.message), conversation, target)
        let exchange = try await receive(request, adding: nil, after: question, target)
        if old.status == .failed, old.message.parts.isEmpty { try await database.remove(old.id) }
        return exchange
    }

    /// Asks once more where there was no answer.
    public func retry(_ answer: MessageID, with target: Target) async throws -> Exchange {
        try await regenerate(answer, with: target)
    }

    /// Lets an answer that broke off, or was cut short, go on. What comes is a message of its own behind it: the seam
    /// stays visible, and what is said twice at it is cut.
    public func continueAnswer(_ answer: MessageID, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: answer)
        try check(conversation, target)
        guard old.message.toolCalls.isEmpty else {
            throw LAIError(.invalidRequest, "This answer calls tools: it cannot be continued, ask for another one.")
        }
        guard !old.message.text.isEmpty else { return try await regenerate(answer, with: target) }
        let request = request(for: branch.map(\.message) + [.user(ChatStore.goOn)], conversation, target)
        return try await receive(request, adding: nil, after: old, target, seam: old.message.text)
    }

    private static let goOn = """
        Your answer was cut off. Continue it exactly where it ends, in the same style, without repeating anything of it and \
        without a word about the interruption.
        """

    /// Sends another text in place of a question: a branch beside it.
    public func edit(_ question: MessageID, to message: Message, with target: Target) async throws -> Exchange {
        let (old, branch, conversation) = try await context(of: question)
        try check(conversation, target)
        let edited = StoredMessage(conversation: old.conversation, parent: old.parent, message: message, status: .pending)
        let request = request(for: branch.dropLast().map(\.message) + [message], conversation, target)
        return try await receive(request, adding: edited, after: edited, target)
    }

    /// Shows the branch that a message is in: the newest way on from it.
    public func choose(_ message: MessageID) async throws {
        guard let chosen = try await database.message(message) else { throw LAIError(.notFound, "There is no message \(message).") }
        let all = try await database.messages(in: chosen.conversation)
        var head = chosen.id
        while let next = all.last(where: { $0.parent == head }) { head = next.id }
        let leaf = head
        try await change(chosen.conversation) { $0.head = leaf }
    }

    // MARK: Parts of it

    private func request(for messages: [Message], _ conversation: Conversation, _ target: Target) -> ChatRequest {
        var request = ChatRequest(model: target.model, system: conversation.system, messages: messages)
        target.configure(&request)
        return request
    }

    private func receive(
        _ request: ChatRequest, adding question: StoredMessage?, after parent: StoredMessage, _ target: Target, seam: String? = nil
    ) async throws -> Exchange {
        let answer = StoredMessage(
            conversation: parent.conversation, parent: parent.id, message: Message(role: .assistant, parts: []), status: .streaming)
        var receipt = Receipt()
        receipt.provider = target.provider.id
        receipt.modelAsked = target.model
        receipt.route = target.route
        receipt.context = target.context
        let record = StreamRecord(session: SessionID(), conversation: parent.conversation, message: answer.id, receipt: receipt)
        try await database.add([question, answer].compactMap(\.self), stream: record)
        let asked = target.provider.stream(request, options: target.options)
        let stream = seam.map { asked.continuing(after: $0) } ?? asked
        let session = try service.start(stream, id: record.session, conversation: record.conversation, message: answer.id)
        return Exchange(question: question ?? parent, answer: answer, session: session)
    }

    private func context(of id: MessageID) async throws -> (StoredMessage, branch: [StoredMessage], Conversation) {
        let branch = try await database.branch(endingWith: id, limit: .max)
        guard let message = branch.last, let conversation = try await database.conversation(message.conversation) else {
            throw LAIError(.notFound, "There is no message \(id).")
        }
        if message.status == .streaming { throw LAIError(.invalidRequest, "This answer is still being received.") }
        return (message, branch, conversation)
    }

    private func exchange(of question: StoredMessage) async throws -> Exchange {
        guard let answer = try await database.messages(in: question.conversation).last(where: { $0.parent == question.id }) else {
            throw LAIError(.invalidRequest, "The message \(question.id) was sent before, and has no answer: retry it.")
        }
        return Exchange(question: question, answer: answer, session: service.activeSessions.first { $0.message == answer.id })
    }
}
