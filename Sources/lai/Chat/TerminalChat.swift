import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming
import Synchronization

/// A conversation in the terminal: reads what a person says, and shows what is answered, until one of them ends it.
final class TerminalChat {
    let session: Session
    let store: ChatStore
    let signals: ChatSignals
    let input: any ChatInput
    let models: KnownModels
    var conversation: Conversation {
        didSet { models.staysHere.store(conversation.isLocalOnly, ordering: .relaxed) }
    }
    var isTemporary = false
    var showsReasoning = false

    /// The model that is asked, as it was named; nil for the one that LAI chooses.
    var modelName: String?
    /// What the name stands for, once it was looked up.
    var choice: ModelChoice?
    /// Whom the last question went to, as far as a person was told.
    let told = Told()
    /// What goes along with the next message.
    var attachments: [Attachment] = []
    /// The message up to which a person has seen the conversation.
    var shown: MessageID?
    /// The question that the next message is to stand in place of, and the text of it to begin with.
    var editing: (question: MessageID, text: String)?
    /// The answer that ended last, and may not be written yet.
    var unsettled: MessageID?
    /// Gives new conversations names; nil where their first words do.
    var titles: ConversationTitles?
    /// Whether the chat is over.
    var isOver = false

    /// Whether a person sits there, who sees prompts and can try again.
    var isInteractive: Bool { Terminal.isInputTerminal }

    struct Attachment {
        var name: String
        var part: Part
    }

    init(
        session: Session, store: ChatStore, signals: ChatSignals, input: any ChatInput, models: KnownModels, conversation: Conversation
    ) {
        self.session = session
        self.store = store
        self.signals = signals
        self.input = input
        self.models = models
        models.staysHere.store(conversation.isLocalOnly, ordering: .relaxed)
        self.conversation = conversation
    }

    /// Runs the chat to its end.
    /// - Parameter model: the model that the command line names.
    func run(model: String?) async throws -> ExitStatus {
        try await open(model)
        while signals.ending == nil, !isOver {
            if isInteractive { Terminal.err("\n") }
            let edited = editing
            editing = nil
            guard let line = try await input.next(ChatPrompt(attachments: attachments.count), editing: edited?.text ?? "") else { break }
            do {
                let status = try await handle(line, inPlaceOf: edited?.question)
                if !isInteractive, status != .success { return status }
            } catch let error as LAIError {
                if !isInteractive { throw error }
                tell(error.message)
            } catch let error as UsageError {
                if !isInteractive { throw error }
                tell(error.message)
            } catch is CancellationError {
                if !isInteractive { throw ExitStatus.interrupted }
                tell("Stopped.")
            }
        }
        return signals.ending.map { ExitStatus(code: 128 + $0) } ?? .success
    }

    private func handle(_ line: String, inPlaceOf question: MessageID?) async throws -> ExitStatus {
        try await settle()
        switch ChatLine(line) {
        case .unknown(let name): throw UsageError(ChatLine.sentence(forUnknown: name))
        case .command(let command, let argument, let isForced): return try await run(command, argument, isForced: isForced)
        case .message(let text):
            // A question that was emptied is not asked again.
            if text.allSatisfy(\.isWhitespace), attachments.isEmpty { return .success }
            if let question { return try await edit(question, to: text) }
            return try await send(text)
        }
    }

    /// Waits until the last answer is written: its end is shown a moment earlier. Ctrl-C does not wait.
    private func settle() async throws {
        guard let answer = unsettled else { return }
        unsettled = nil
        let store = store
        do { try await signals.cancelling { _ = try await store.settled(answer) } } catch let error as LAIError where error.code == .notFound {
            // Deleted meanwhile: what comes next says so.
        }
    }

    // MARK: Words to the person

    /// A sentence beside the conversation.
    func tell(_ sentence: String) {
        if isInteractive {
            Terminal.err(Terminal.dim(Wrapped.text(Terminal.clean(sentence), width: Terminal.width)) + "\n")
        } else {
            Terminal.complain(sentence)
        }
    }

    /// A remark that only a person wants.
    func remark(_ sentence: String) { if isInteractive { tell(sentence) } }
}

/// What a person was told last.
final class Told: Sendable {
    private let name = Mutex<String?>(nil)
    func withLock<Result>(_ body: (inout String?) -> Result) -> Result { name.withLock { body(&$0) } }
}
