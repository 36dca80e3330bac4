public import LAICore
public import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Sends a message and begins to receive its answer. Both are kept before the request goes out.
    ///
    /// While the answer before it is still being received, in this process or another, the message queues: it is kept,
    /// and sent when that answer ended. One that got no answer at all lets what queues behind it fail, unsent.
    /// - Parameters:
    ///   - parent: the message that it follows; nil takes the conversation's head.
    ///   - id: made by whoever sends: to send the same again under it is harmless.
    /// - Throws: ``LAIError``: `permission` where the conversation may not reach the provider, `file` where nothing can
    ///   be kept.
    public func send(
        _ message: Message, in conversation: Conversation, after parent: MessageID? = nil, id: MessageID = MessageID(),
        to target: Target
    ) async throws -> Exchange {
        if let known = try await database.message(id) { return try await exchange(of: known) }
        let stored = try await database.conversation(conversation.id)
        // Once it may not leave this machine, it never may, whatever an older copy of it says.
        for known in [conversation, stored].compactMap(\.self) { try check(known, target) }
        let last = try await (parent ?? (stored ?? conversation).head).asyncFlatMap { try await database.message($0) }
        if stored == nil {
            try await database.save(ChatTitle.named(conversation, after: message))
        } else if stored?.titleSource == Conversation.TitleSource.none {
            try await change(conversation.id) { $0 = ChatTitle.named($0, after: message) }
        }
        let question = StoredMessage(id: id, conversation: conversation.id, parent: last?.id, message: message, status: .pending)
        if let last, last.status == .streaming {
            return try await receive(queued(question, behind: last, target), adding: question, after: question, target)
        }
        let branch = try await branch(endingWith: last?.id)
        let request = request(for: branch.map(\.message) + [message], conversation, target)
        return try await receive(target.provider.stream(request, options: target.options), adding: question, after: question, target)
    }

    /// The stream of a question that waits for the answer before it. What is sent is made when its turn comes.
    private func queued(_ question: StoredMessage, behind last: StoredMessage, _ target: Target) -> ChatStream {
        .deferred {
            let before = try await self.settled(last.id)
            // It may have been stopped while it waited.
            try Task.checkCancellation()
            if before.status == .failed, before.message.parts.isEmpty {
                throw LAIError(.invalidRequest, "The question before this one got no answer, so this one was not sent: retry that one, then this.")
            }
            guard let conversation = try await self.database.conversation(question.conversation) else {
                throw LAIError(.notFound, "The conversation is gone.")
            }
            // It may have been marked while the question waited.
            try self.check(conversation, target)
            let branch = try await self.branch(endingWith: last.id)
            let request = self.request(for: branch.map(\.message) + [question.message], conversation, target)
            return target.provider.stream(request, options: target.options)
        }
    }

    /// Waits until a message is no longer being received, in whichever process.
    /// - Returns: what it became.
    /// - Throws: ``LAIError`` with the code `notFound` when it is gone, with why when it ended and cannot be written;
    ///   `CancellationError` when the task is cancelled.
    @discardableResult
    public func settled(_ message: MessageID) async throws -> StoredMessage {
        if let session = service.session(filling: message) {
            for await _ in session.updates(coalescing: .seconds(1)) {}
        }
        while true {
            guard let stored = try await database.message(message) else { throw LAIError(.notFound, "There is no message \(message).") }
            if stored.status != .streaming { return stored }
            let isOurs = service.session(filling: message) != nil
            if isOurs, let error = service.recordingError { throw error }
            // Another process may be gone: whoever waits for its stream ends it.
            if !isOurs { try await database.recover() }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    // MARK: Parts of it

    func branch(endingWith last: MessageID?) async throws -> [StoredMessage] {
        guard let last else { return [] }
        return try await database.branch(endingWith: last, limit: .max)
    }

    func request(for messages: [Message], _ conversation: Conversation, _ target: Target) -> ChatRequest {
        var request = ChatRequest(model: target.model, system: conversation.system, messages: joined(messages))
        conversation.parameters.apply(to: &request)
        target.configure(&request)
        return request
    }

    /// An answer and its continuation are one to the model, and one that never came is none.
    private func joined(_ messages: [Message]) -> [Message] {
        messages.reduce(into: []) { result, message in
            if message.role == .assistant, message.parts.isEmpty { return }
            if message.role == .assistant, result.last?.role == .assistant {
                result[result.count - 1].parts += message.parts
            } else {
                result.append(message)
            }
        }
    }

    /// Keeps a question, if it is a new one, and its empty answer, and begins to receive.
    func receive(_ stream: ChatStream, adding question: StoredMessage?, after parent: StoredMessage, _ target: Target) async throws -> Exchange {
        let answer = StoredMessage(
            conversation: parent.conversation, parent: parent.id, message: Message(role: .assistant, parts: []), status: .streaming)
        var receipt = Receipt()
        receipt.provider = target.provider.id
        receipt.modelAsked = target.model
        receipt.named = target.named
        receipt.route = target.route
        receipt.context = target.context
        let record = StreamRecord(session: SessionID(), conversation: parent.conversation, message: answer.id, receipt: receipt)
        try await database.add([question, answer].compactMap(\.self), stream: record)
        let session = try service.start(
            priced(stream, target), id: record.session, conversation: record.conversation, message: answer.id)
        return Exchange(question: question ?? parent, answer: answer, session: session)
    }

    /// The stream with what it costs, where the provider does not say it and the price is known.
    private func priced(_ stream: ChatStream, _ target: Target) -> ChatStream {
        stream.amendingEnd { [catalogue] end, start in
            // Of an answer by several models each part has its own price; one that is not known is not that of another.
            guard var usage = end.usage, usage.cost == nil, start?.continues == nil else { return }
            let provider = start?.provider ?? target.provider.id
            let models = [start?.model, start?.modelAsked, target.model].compactMap(\.self)
            guard let price = models.lazy.compactMap({ catalogue.price(provider, $0) }).first else { return }
            usage.cost = price.cost(of: usage)
            end.usage = usage
        }
    }

    private func exchange(of question: StoredMessage) async throws -> Exchange {
        guard let answer = try await database.messages(in: question.conversation).last(where: { $0.parent == question.id }) else {
            throw LAIError(.invalidRequest, "The message \(question.id) was sent before, and has no answer: retry it.")
        }
        return Exchange(question: question, answer: answer, session: service.session(filling: answer.id))
    }
}

extension Optional {
    fileprivate func asyncFlatMap<Result>(_ body: (Wrapped) async throws -> Result?) async rethrows -> Result? {
        switch self {
        case nil: nil
        case let value?: try await body(value)
        }
    }
}
