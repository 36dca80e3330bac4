public import LAICore
public import LAIStorage
public import LAIStreaming

extension ChatStore {
    /// Sends a message and begins to receive its answer. Both are kept before the request goes out.
    ///
    /// While an answer before it is still being received, in this process or another, the message queues: it is kept, and
    /// sent when that answer ended; so do messages that are sent at once. One that got no answer at all lets what queues
    /// behind it fail, unsent.
    /// - Parameters:
    ///   - parent: the message that it follows; nil takes the conversation's head.
    ///   - id: made by whoever sends: to send the same again under it, or many times at once, is harmless.
    /// - Throws: ``LAIError``: `permission` where the conversation may not reach the provider, `deleted` where it is deleted,
    ///   `idTaken` where the id is that of another message, `invalidRequest` where there is no such parent in it, `file` where
    ///   nothing can be kept.
    public func send(
        _ message: Message, in conversation: Conversation, after parent: MessageID? = nil, id: MessageID = MessageID(),
        to target: Target
    ) async throws -> Exchange {
        while true {
            if let known = try await database.message(id) { return try await exchange(of: known, sent: message, in: conversation, after: parent) }
            do { return try await begin(message, in: conversation, after: parent, id, target) } catch is Overtaken { continue }
        }
    }

    /// Another was faster in this moment: with the same message, or at the end of the conversation.
    private struct Overtaken: Error {}

    /// Sends a message that was not sent before.
    private func begin(
        _ message: Message, in conversation: Conversation, after parent: MessageID?, _ id: MessageID, _ target: Target
    ) async throws -> Exchange {
        let stored = try await database.conversation(conversation.id)
        // Once it may not leave this machine, it never may, whatever an older copy of it says.
        try checkReach(of: conversation, target)
        try check(stored ?? conversation, target)
        let branch = try await branch(endingWith: parent ?? (stored ?? conversation).head)
        if let parent, branch.last?.conversation != conversation.id {
            throw LAIError(.invalidRequest, "There is no message \(parent) in this conversation: name one of its own, or none, to go on at its end.")
        }
        if stored?.titleSource == Conversation.TitleSource.none {
            try await change(conversation.id) { $0 = ChatTitle.named($0, after: message) }
        }
        let question = StoredMessage(id: id, conversation: conversation.id, parent: branch.last?.id, message: message, status: .pending)
        return try await receive(
            stream(after: branch, message, conversation, target), adding: question, after: question, target,
            beginning: stored == nil ? ChatTitle.named(conversation, after: message) : nil, atHead: parent == nil)
    }

    /// The answer to a branch and what is new behind it. While an answer of the branch is still being received, it waits for
    /// that one: what is sent is made when its turn comes.
    func stream(after branch: [StoredMessage], _ added: Message?, _ conversation: Conversation, _ target: Target) -> ChatStream {
        let awaited = Set(branch.filter { $0.status == .streaming }.map(\.id))
        guard let last = branch.last, !awaited.isEmpty else { return ask(branch, added, conversation, target) }
        return .deferred {
            let branch = try await self.settledBranch(endingWith: last.id)
            // It may have been stopped while it waited.
            try Task.checkCancellation()
            if branch.contains(where: { awaited.contains($0.id) && $0.status == .failed && $0.message.parts.isEmpty }) {
                throw LAIError(.invalidRequest, "The question before this one got no answer, so this one was not sent: retry that one, then this.")
            }
            guard let current = try await self.database.conversation(conversation.id) else {
                throw LAIError(.notFound, "The conversation is gone.")
            }
            // It may have been marked, or deleted, while the question waited.
            try self.check(current, target)
            return self.ask(branch, added, current, target)
        }
    }

    private func ask(_ branch: [StoredMessage], _ added: Message?, _ conversation: Conversation, _ target: Target) -> ChatStream {
        let request = request(for: branch.map(\.message) + [added].compactMap(\.self), conversation, target)
        return target.provider.stream(request, options: target.options)
    }

    /// Waits until no answer of a branch is being received: one in the middle too, when what queued behind it was stopped.
    private func settledBranch(endingWith last: MessageID) async throws -> [StoredMessage] {
        while true {
            let branch = try await branch(endingWith: last)
            if branch.isEmpty { throw LAIError(.notFound, "There is no message \(last).") }
            guard let running = branch.last(where: { $0.status == .streaming }) else { return branch }
            try await settled(running.id)
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
    /// - Parameters:
    ///   - stream: begun once both are kept.
    ///   - goesOn: whether they are kept only while the question follows the conversation's head.
    /// - Throws: ``Overtaken`` when it does not, or is there already.
    func receive(
        _ stream: @autoclosure () -> ChatStream, adding question: StoredMessage?, after parent: StoredMessage, _ target: Target,
        beginning conversation: Conversation? = nil, atHead goesOn: Bool = false
    ) async throws -> Exchange {
        let answer = StoredMessage(
            conversation: parent.conversation, parent: parent.id, message: Message(role: .assistant, parts: []), status: .streaming)
        var receipt = Receipt()
        receipt.provider = target.provider.id
        receipt.modelAsked = target.model
        receipt.named = target.named
        receipt.route = target.route
        receipt.context = target.context
        let record = StreamRecord(session: SessionID(), conversation: parent.conversation, message: answer.id, receipt: receipt)
        let addition = try await database.add(
            [question, answer].compactMap(\.self), stream: record, beginning: conversation, atHead: goesOn)
        guard addition == .added else { throw Overtaken() }
        do {
            let session = try service.start(
                priced(stream(), target), id: record.session, conversation: record.conversation, message: answer.id)
            return Exchange(question: question ?? parent, answer: answer, session: session)
        } catch {
            // Nothing must wait for an answer that nobody receives.
            let end = StreamEnd(.failed, error: error as? LAIError)
            let finished = FinishedStream(session: record.session, conversation: record.conversation, message: answer.id, end: end)
            try? await database.finish([finished])
            throw error
        }
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

    /// What a message became that was sent before.
    private func exchange(
        of known: StoredMessage, sent message: Message, in conversation: Conversation, after parent: MessageID?
    ) async throws -> Exchange {
        guard known.conversation == conversation.id, known.message == message, parent == nil || parent == known.parent else {
            throw LAIError(.idTaken, "There is another message under the id \(known.id): give each message an id of its own.")
        }
        guard let answer = try await database.messages(in: known.conversation).last(where: { $0.parent == known.id }) else {
            throw LAIError(.invalidRequest, "The message \(known.id) was sent before, and has no answer: retry it.")
        }
        return Exchange(question: known, answer: answer, session: service.session(filling: answer.id))
    }
}
