internal import LAICore
internal import LAIStreaming

extension MemoryDatabase.State {
    mutating func keep(_ conversation: Conversation) {
        guard conversations[conversation.id] != conversation else { return }
        conversations[conversation.id] = conversation
        log.append(ChatChange(.conversation, conversation: conversation.id))
    }

    /// Whether a stream may fill a message that is there, or one of those that are to be added.
    func check(_ stream: StreamRecord, of added: [StoredMessage]) throws {
        let message = added.first { $0.id == stream.message } ?? messages[stream.message]
        guard message?.status == .streaming, !streams.values.contains(where: { $0.record.message == stream.message }) else {
            throw LAIError(.invalidRequest, "A stream fills a message that is streaming, and is the only one that does.")
        }
    }

    /// Whether all of these may be added, in their order.
    func check(_ added: [StoredMessage], beginning new: Conversation? = nil) throws {
        var places: [MessageID: ConversationID] = [:]
        for message in added where messages[message.id] == nil && places[message.id] == nil {
            guard let conversation = conversations[message.conversation] ?? (new?.id == message.conversation ? new : nil) else {
                throw LAIError(.invalidRequest, "A message needs a conversation that is there.")
            }
            if conversation.deleted != nil { throw LAIError.deletedConversation }
            if let parent = message.parent, messages[parent]?.conversation ?? places[parent] != message.conversation {
                throw LAIError(.invalidRequest, "A message's parent must be one of its conversation.")
            }
            try check(message)
            places[message.id] = message.conversation
        }
    }

    /// Adds a message that ``check(_:beginning:)`` found to be in order.
    mutating func add(_ message: StoredMessage) {
        if messages[message.id] != nil { return }
        messages[message.id] = message
        order[message.conversation, default: []].append(message.id)
        touch(message.conversation)
        let head = conversations[message.conversation]?.head
        if message.parent != head { leave(head, for: message.id) }
        conversations[message.conversation]?.head = message.id
        note(message)
        log.append(ChatChange(.conversation, conversation: message.conversation))
    }

    private mutating func note(_ message: StoredMessage) {
        log.append(ChatChange(.message, conversation: message.conversation, message: message.id, status: message.status))
    }

    mutating func update(_ message: StoredMessage) throws {
        guard let old = messages[message.id] else { throw LAIError(.notFound, "There is no message \(message.id).") }
        try check(message)
        var new = old
        new.message.parts = message.message.parts
        new.status = message.status
        new.receipt = message.receipt
        new.error = message.error
        new.updated = .now
        messages[message.id] = new
        note(new)
        touch(old.conversation)
    }

    private func check(_ message: StoredMessage) throws {
        let allowed: [StoredMessage.Status] =
            message.message.role == .assistant
            ? [.streaming, .sent, .stopped, .interrupted, .failed] : [.pending, .sent, .failed]
        guard allowed.contains(message.status) else {
            throw LAIError(.invalidRequest, "A message of the \(message.message.role.rawValue) is never \(message.status.rawValue).")
        }
    }

    private mutating func touch(_ conversation: ConversationID) { conversations[conversation]?.updated = .now }

    mutating func remove(_ id: MessageID) {
        guard let message = messages[id] else { return }
        var gone: Set<MessageID> = [id]
        for other in order[message.conversation] ?? [] {
            if let parent = messages[other]?.parent, gone.contains(parent) { gone.insert(other) }
        }
        for id in gone {
            messages[id] = nil
            left[id] = nil
            log.append(ChatChange(.messageRemoved, conversation: message.conversation, message: id))
        }
        order[message.conversation]?.removeAll(where: gone.contains)
        streams = streams.filter { !gone.contains($0.value.record.message) }
        if let head = conversations[message.conversation]?.head, gone.contains(head) {
            conversations[message.conversation]?.head = message.parent
        }
        touch(message.conversation)
    }

    mutating func finish(_ stream: FinishedStream) throws {
        guard let record = streams.removeValue(forKey: stream.session)?.record, var message = messages[record.message] else { return }
        message.message.parts = stream.end.message.parts
        message.status = StoredMessage.Status(stream.end.reason)
        message.receipt = record.receipt.completed(with: stream)
        message.error = stream.end.error
        try update(message)
        guard let parent = message.parent, var question = messages[parent], question.message.role != .assistant else { return }
        question.status = stream.end.reason == .failed && stream.end.message.parts.isEmpty ? .failed : .sent
        messages[parent] = question
        note(question)
    }
}

extension Receipt {
    /// The receipt with what the stream's end tells.
    func completed(with stream: FinishedStream) -> Receipt {
        var receipt = self
        receipt.add(stream.end)
        receipt.model = stream.model ?? model
        receipt.provider = stream.provider ?? provider
        receipt.modelAsked = stream.modelAsked ?? modelAsked
        receipt.warnings += stream.warnings
        receipt.firstToken = stream.metrics.firstToken
        receipt.reasoning = stream.metrics.reasoning
        receipt.duration = stream.metrics.duration
        receipt.tokensPerSecond = stream.metrics.tokensPerSecond
        return receipt
    }
}
