import LAIChat
import LAIProviders
import LAISettings
import LAIStorage
import LAIStreaming

extension TerminalChat {
    /// Chooses the model, and shows where the conversation stands.
    func open(_ model: String?) async throws {
        if let model {
            choice = try await looksUp(model)
            try await chooses(model)
        } else {
            try await takesModelOfConversation()
        }
        guard isInteractive else {
            shown = conversation.head
            return
        }
        if conversation.head != nil { Terminal.err("\(bold(Terminal.clean(conversation.title)))\n") }
        Terminal.err(Terminal.dim(Terminal.clean(heading)) + "\n")
        try await showEnd()
    }

    private var heading: String {
        var parts = [choice.map { choice in choice.name + (choice.reason.map { ", because \($0)" } ?? "") } ?? "no model yet: /model"]
        if isTemporary { parts.append("nothing is kept") }
        if conversation.isLocalOnly { parts.append("stays on this machine") }
        parts.append("/help")
        return parts.joined(separator: " · ")
    }

    /// The model that the conversation had last: the one that was chosen for it, else the one that was asked.
    func takesModelOfConversation() async throws {
        modelName = try await conversation.rememberedModel(in: store.database)
        do { choice = try await looksUp(modelName) } catch let error as LAIError {
            // In a conversation that is there, another model can be chosen.
            if conversation.head == nil || !isInteractive { throw error }
            choice = nil
            tell(error.message)
        }
    }

    private func looksUp(_ name: String?) async throws -> ModelChoice {
        let (session, database) = (session, store.database)
        let constraints = RouteConstraints(isLocalOnly: conversation.isLocalOnly)
        var choice = try await signals.cancelling {
            let choice = try await ModelChoice.make(named: name, under: constraints, in: session)
            if session.settings.routing.prefer == .speed { try await choice.provider.router.learn(from: database) }
            return choice
        }
        let told = told
        told.withLock { $0 = choice.first?.name }
        choice.provider.onAsking = { choice in
            // Where the question decides, a person sees who gets it, when that is another one than before.
            let isNew = told.withLock { told in
                defer { told = choice.name }
                return told != choice.name
            }
            if isNew { Terminal.remark("asking \(choice.name)" + (choice.reasons.isEmpty ? "" : ", because \(choice.reasons.joined(separator: "; "))")) }
        }
        return choice
    }

    /// The model to ask, and how.
    /// - Parameter name: another model for this once; empty is the chat's own.
    func target(asking name: String = "") async throws -> (ModelChoice, ChatStore.Target) {
        if !name.isEmpty {
            let choice = try await looksUp(name)
            return (choice, choice.target)
        }
        let chosen: ModelChoice
        if let choice { chosen = choice } else { chosen = try await looksUp(modelName) }
        choice = chosen
        return (chosen, chosen.target)
    }

    /// Asks another model from now on, and has the conversation remember it.
    func chooses(_ name: String) async throws {
        choice = try await looksUp(name)
        modelName = name
        try await change { $0.model = name }
    }

    /// Changes the conversation, also in the store once it is there.
    func change(_ body: @escaping @Sendable (inout Conversation) -> Void) async throws {
        if try await store.database.conversation(conversation.id) != nil { try await store.change(conversation.id, body) }
        body(&conversation)
    }

    /// Shows the last exchange, however long the conversation is, and follows an answer that is being received.
    func showEnd() async throws {
        guard let head = conversation.head else { return }
        let end = try await store.database.branch(endingWith: head, limit: 4)
        guard let last = end.last else { return }
        let start = end.lastIndex { $0.message.role == .user } ?? end.startIndex
        for message in end[start...] where message.status != .streaming { show(message) }
        shown = head
        if last.status == .streaming { return try await attach(to: last) }
        if let sentence = AnswerEnding.sentence(of: last) { tell(sentence) }
    }

    func show(_ message: StoredMessage) {
        let sign = Terminal.hasColours ? "\u{1B}[1;36m›\u{1B}[0m " : "> "
        Terminal.out("\n" + Excerpt.text(message, sign: sign))
    }

    /// Looks whether the conversation went on in another program meanwhile, and shows what was said there.
    func catchUp() async throws {
        guard let stored = try await store.database.conversation(conversation.id) else {
            if shown == nil { return }
            throw UsageError("The conversation was removed for good meanwhile: /new begins another.")
        }
        if stored.deleted != nil {
            let id = ConversationReference.short(stored.id)
            throw UsageError("The conversation was deleted meanwhile: lai delete --undo \(id) brings it back, /new begins another.")
        }
        conversation = stored
        guard let head = stored.head, head != shown else { return }
        let branch = try await store.database.branch(endingWith: head, limit: 12)
        let new = branch.firstIndex { $0.id == shown }.map { branch[($0 + 1)...] } ?? branch.suffix(2)
        remark("Meanwhile, in another program:")
        for message in new where message.status != .streaming { if isInteractive { show(message) } }
        shown = head
        if let last = new.last, last.status == .streaming { try await attach(to: last) }
        remark("Now yours:")
    }

    func bold(_ text: String) -> String { Terminal.isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
