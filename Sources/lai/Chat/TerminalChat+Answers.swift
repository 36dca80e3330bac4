import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

extension TerminalChat {
    /// Sends a message with what is attached, and shows the answer.
    func send(_ text: String) async throws -> ExitStatus {
        try await catchUp()
        let (choice, target) = try await target()
        let message = message(text, with: attachments.map(\.part))
        let exchange = try await store.send(message, in: conversation, to: target)
        attachments = []
        return try await receive(exchange, from: choice)
    }

    /// Asks something else in place of a question. Its files stay with it.
    func edit(_ question: MessageID, to text: String) async throws -> ExitStatus {
        guard let old = try await store.database.message(question) else { throw UsageError("The question is gone.") }
        let (choice, target) = try await target()
        let files = old.message.parts.filter { part in
            switch part {
            case .image, .file: true
            default: false
            }
        }
        let exchange = try await store.edit(question, to: message(text, with: files + attachments.map(\.part)), with: target)
        attachments = []
        return try await receive(exchange, from: choice, tellsPlace: true)
    }

    private func message(_ text: String, with parts: [Part]) -> Message {
        Message(role: .user, parts: parts + (text.isEmpty ? [] : [.text(text)]))
    }

    /// Shows an answer as it comes; Ctrl-C stops it.
    func receive(_ exchange: ChatStore.Exchange, from choice: ModelChoice, tellsPlace: Bool = false) async throws -> ExitStatus {
        shown = exchange.answer.id
        conversation = try await store.database.conversation(conversation.id) ?? conversation
        guard let session = exchange.session else {
            try await attach(to: exchange.answer)
            return .success
        }
        unsettled = exchange.answer.id
        if isInteractive { Terminal.err("\n") }
        let printer = AnswerPrinter(
            format: .text, showsReasoning: showsReasoning, label: choice.name, provider: choice.providerID, model: choice.model)
        let ((object, _), _) = await signals.stopping({ session.stop() }) {
            await printer.receive(AnswerBatches(updates: session.updates(from: 0)))
        }
        finish(object)
        if object.end.reason == .stop, conversation.titleSource < .model { titles?.make(for: conversation.id) }
        await AnswerNotice(session: self.session, database: store.database, isTemporary: isTemporary)
            .send(object.end, after: session.metrics.duration, in: conversation.id)
        if tellsPlace, isInteractive, let place = try await place(of: exchange) {
            if AnswerEnding.sentences(of: object).isEmpty { Terminal.err("\n") }
            tell("‹\(place.number)/\(place.count)› /branch shows the others.")
        }
        return ExitStatus(for: object.end)
    }

    /// Which of several answers, or questions, in one place this is; nil for an only one.
    private func place(of exchange: ChatStore.Exchange) async throws -> (number: Int, count: Int)? {
        let messages = try await store.database.messages(in: conversation.id)
        let places = [exchange.answer.id, exchange.question.id].compactMap { id in
            messages.first { $0.id == id }.map { BranchList.place(of: $0, among: messages) }
        }
        return places.first { $0.count > 1 }
    }

    private func finish(_ object: EndObject) {
        let text = object.end.message.text
        if !Terminal.isOutputTerminal, !text.isEmpty, !text.hasSuffix("\n") { Terminal.out("\n") }
        let sentences = AnswerEnding.sentences(of: object, hasAdvice: isInteractive)
        if isInteractive, !sentences.isEmpty, !text.isEmpty { Terminal.err("\n") }
        for sentence in sentences { tell(sentence) }
    }

    /// Shows an answer that another program receives. Ctrl-C leaves it, and it goes on.
    func attach(to answer: StoredMessage) async throws {
        let database = store.database
        guard let stream = try await database.runningStreams().first(where: { $0.message == answer.id }) else {
            // It ended in this moment.
            if let ended = try await database.message(answer.id), isInteractive {
                show(ended)
                if let sentence = AnswerEnding.sentence(of: ended) { tell(sentence) }
            }
            return
        }
        if isInteractive { Terminal.err("\n") }
        let printer = AnswerPrinter(
            format: .text, showsReasoning: showsReasoning, label: stream.receipt.modelAsked ?? "", provider: stream.receipt.provider)
        let updates = AnswerUpdates(of: answer.id, in: database, from: 0)
        let printing = Task { await printer.receive(AnswerBatches(updates: updates)) }
        let ((object, _), isStopped) = await signals.stopping({ printing.cancel() }) { await printing.value }
        if isStopped { return tell("It goes on in the other program; /stop stops it.") }
        finish(object)
    }

    /// The conversation's last answer.
    func lastAnswer() async throws -> StoredMessage {
        conversation = try await store.database.conversation(conversation.id) ?? conversation
        guard let head = conversation.head else { throw UsageError("Nothing was said yet.") }
        let end = try await store.database.branch(endingWith: head, limit: 8)
        guard let answer = end.last(where: { $0.message.role == .assistant }) else { throw UsageError("There is no answer yet.") }
        return answer
    }

    /// The conversation's last question.
    func lastQuestion() async throws -> StoredMessage {
        conversation = try await store.database.conversation(conversation.id) ?? conversation
        var next = conversation.head
        while let id = next, let message = try await store.database.message(id) {
            if message.message.role == .user { return message }
            next = message.parent
        }
        throw UsageError("Nothing was asked yet.")
    }
}
