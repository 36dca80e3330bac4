import ArgumentParser
import LAIChat
import LAIProviders
import LAISettings
import LAIStorage

/// `lai chat`
struct Chat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Talk with a model: a conversation in the terminal.",
        discussion: """
            Ctrl-C stops an answer and stays, Ctrl-D leaves, and /help lists the commands. Everything is kept: lai chat -c goes \
            on with the last conversation. From a pipe each line is a message, and the first that is not answered ends it.
            """)

    @Option(name: [.short, .long], help: "The model, as provider/model or an alias.")
    var model: String?

    @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the last conversation.")
    var goesOn = false

    @Option(help: ArgumentHelp("Go on with this conversation: its number in `lai list`, or its id or the end of it.", valueName: "id"))
    var conversation: String?

    @Option(name: [.short, .long], help: "A system prompt: how the model shall behave.")
    var system: String?

    @Flag(help: "Leave no trace: nothing is kept, neither the conversation nor what was typed.")
    var temporary = false

    @Flag(inversion: .prefixedNo, help: "Ask models on this machine only, in this conversation, for good; not for a new one.")
    var localOnly: Bool?

    @Flag(help: "Show the model's reasoning.")
    var showReasoning = false

    func validate() throws {
        if temporary, goesOn || conversation != nil {
            throw ValidationError("--temporary keeps nothing, so there is nothing to go on with.")
        }
        if goesOn, conversation != nil { throw ValidationError("-c is the last conversation: take it or --conversation, not both.") }
    }

    func run() async throws {
        let session = try makeSession()
        let signals = try ChatSignals()
        let status = try await Store.withStore(session, isTemporary: temporary, advice: " With --temporary it talks without one.") { store in
            let conversation = try await opened(in: store, session)
            let models = KnownModels(session)
            return try await Signals.handling(ChatSignals.numbers, { signals.receive($0) }) {
                defer { TerminalMode.end() }
                let input = try makeInput(session, signals, models)
                async let _: Void = models.run(session)
                let chat = TerminalChat(
                    session: session, store: store, signals: signals, input: input, models: models, conversation: conversation)
                chat.showsReasoning = showReasoning
                chat.isTemporary = temporary
                let titles = ConversationTitles(store: store, factory: session.factory)
                async let _: Void = titles.run()
                if session.settings.titles != .words, Terminal.isInputTerminal { chat.titles = titles }
                return try await chat.run(model: model)
            }
        }
        throw status
    }

    private func makeSession() throws -> Session {
        var session = try Session()
        session.isTemporary = temporary
        return session
    }

    private func opened(in store: ChatStore, _ session: Session) async throws -> Conversation {
        var conversation = try await ConversationReference.conversation(self.conversation, goesOn: goesOn, in: store)
        let isNew = self.conversation == nil && !goesOn
        if conversation.isLocalOnly, localOnly == false {
            throw UsageError("This conversation may not leave this machine, ever; --no-local-only is for new ones.")
        }
        let staysHere = localOnly ?? (isNew && session.settings.routing.localOnly == true)
        guard system != nil || staysHere else { return conversation }
        let change: @Sendable (inout Conversation) -> Void = { [system] in
            $0.system = system ?? $0.system
            if staysHere { $0.isLocalOnly = true }
        }
        if !isNew { return try await store.change(conversation.id, change) }
        change(&conversation)
        return conversation
    }

    /// Lines that a person edits, where there is a terminal for it; else lines.
    private func makeInput(_ session: Session, _ signals: ChatSignals, _ models: KnownModels) throws -> any ChatInput {
        let isDumb = Terminal.environment("TERM").map { $0 == "dumb" } ?? true
        let output = Terminal.isOutputTerminal ? 1 : Terminal.isErrorTerminal ? 2 : -1 as Int32
        guard Terminal.isInputTerminal, output >= 0 else { return LineInput(wake: signals.wake, hasPrompt: false) }
        if isDumb { return LineInput(wake: signals.wake, hasPrompt: Terminal.isOutputTerminal) }
        // Before libedit changes them.
        TerminalMode.begin(output: output)
        let history = ChatHistory(path: session.paths.state + "/chat_history")
        let editor = try LineEditor(
            signals: signals, output: output, history: history.load(), completer: ChatCompleter(models: models))
        TerminalMode.take()
        return EditorInput(editor, history: temporary ? nil : history)
    }
}
