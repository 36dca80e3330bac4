import LAIChat
import LAIMarkdown
import LAIProviders
import LAIStorage
import LAIStreaming

extension TerminalChat {
    /// Does what a slash command asks for.
    func run(_ command: SlashCommand, _ argument: String, isForced: Bool) async throws -> ExitStatus {
        if isForced, command != .save { throw UsageError("/\(command.rawValue) takes no “!”; only /save! writes over a file.") }
        if !argument.isEmpty, case .none = command.argument { throw UsageError("\(command.usage.form) takes nothing behind it.") }
        switch command {
        case .retry: return try await retry(with: argument)
        case .continue: return try await goOn()
        case .edit: return try await edit(argument)
        case .branch: try await branch(argument)
        case .model: try await model(argument)
        case .system: try await system(argument)
        case .file: try await file(argument)
        case .copy: tell(try await Clipboard.copy(try await lastAnswer().message.text))
        case .save: try await save(argument, isForced: isForced)
        case .fork:
            conversation = try await store.database.conversation(conversation.id) ?? conversation
            guard let head = conversation.head else { throw UsageError("Nothing was said yet.") }
            try await begin(try await store.fork(at: head))
        case .new: try await begin(store.create(isLocalOnly: conversation.isLocalOnly))
        case .open: try await openOther(argument)
        case .list: try await list()
        case .search: try await search(argument)
        case .title: try await title(argument)
        case .usage:
            guard let receipt = try await lastAnswer().receipt else { throw UsageError("Nothing is known of how the last answer came about.") }
            print(Wrapped.text(ReceiptText.text(receipt), width: Terminal.isOutputTerminal ? Terminal.width : .max) + "\n")
        case .reasoning: try reasoning(argument)
        case .stop: try await stop()
        case .help: print(ChatHelp.text(isEdited: input.canEdit))
        case .quit: isOver = true
        }
        return .success
    }

    /// Shows what a command gives.
    func print(_ text: String) { Terminal.out(Terminal.isOutputTerminal ? Terminal.clean(text) : text) }

    // MARK: Answers

    private func retry(with model: String) async throws -> ExitStatus {
        try await catchUp()
        let (choice, target) = try await target(asking: model)
        guard let head = conversation.head, let last = try await store.database.message(head) else {
            throw UsageError("Nothing was asked yet.")
        }
        return try await receive(try await store.retry(last.id, with: target), from: choice, tellsPlace: true)
    }

    private func goOn() async throws -> ExitStatus {
        try await catchUp()
        let answer = try await lastAnswer()
        let isCut = [.stopped, .interrupted, .failed].contains(answer.status) || answer.receipt?.finishReason == .length
        guard isCut, answer.id == conversation.head else {
            throw UsageError("The last answer is whole: ask on, or /retry for another one.")
        }
        let (choice, target) = try await target()
        return try await receive(try await store.continueAnswer(answer.id, with: target), from: choice)
    }

    private func edit(_ text: String) async throws -> ExitStatus {
        let question = try await lastQuestion()
        if !text.isEmpty { return try await edit(question.id, to: text) }
        guard input.canEdit else { throw UsageError("/edit needs the new text behind it.") }
        editing = (question.id, question.message.text)
        return .success
    }

    private func stop() async throws {
        guard let head = try await store.database.conversation(conversation.id)?.head, let last = try await store.database.message(head),
            last.status == .streaming
        else { throw UsageError("No answer of this conversation is being received.") }
        try await store.stop(last.id)
        tell("It is being stopped; what came stays.")
    }

    // MARK: Branches

    private func branch(_ number: String) async throws {
        try await catchUp()
        let list = BranchList(try await store.database.messages(in: conversation.id), head: conversation.head)
        if number.isEmpty {
            if list.branches.count < 2 { return tell("There is one branch only: /edit and /retry make others.") }
            print(list.text())
            return remark("/branch N goes to one.")
        }
        guard let index = Int(number), list.branches.indices.contains(index - 1) else {
            throw UsageError("/branch takes a number from 1 to \(max(1, list.branches.count)); without one it lists the branches.")
        }
        try await store.choose(list.branches[index - 1].leaf.id)
        conversation = try await store.database.conversation(conversation.id) ?? conversation
        if isInteractive { try await showEnd() } else { shown = conversation.head }
    }

    // MARK: Settings

    private func model(_ name: String) async throws {
        if name.isEmpty {
            let (session, staysHere) = (session, conversation.isLocalOnly)
            let probes = try await signals.cancelling {
                await Spinner.during("asking the providers") { await session.probeAll(staysHere: staysHere) }
            }
            models.add(probes)
            for (id, probe) in probes where session.isSetUp(id) { if let error = probe.error { tell(error.message) } }
            print(ModelRows.text(probes, current: choice?.name))
            return remark("\(choice?.name ?? "No model") answers; /model NAME chooses another.")
        }
        try await chooses(name)
        tell("\(choice?.name ?? name) answers from now on.")
    }

    private func system(_ text: String) async throws {
        if text.isEmpty {
            guard let system = conversation.system else { return tell("There is no system prompt.") }
            return print(system + "\n")
        }
        let system = text == "clear" ? nil : text
        try await change { $0.system = system }
        tell(system == nil ? "There is no system prompt any more." : "The system prompt is set.")
    }

    private func reasoning(_ word: String) throws {
        guard ["", "on", "off"].contains(word) else { throw UsageError("/reasoning takes on or off.") }
        showsReasoning = word.isEmpty ? !showsReasoning : word == "on"
        tell(showsReasoning ? "Reasoning is shown." : "Reasoning is hidden.")
    }

    private func file(_ text: String) async throws {
        if text == "clear" {
            attachments = []
            return tell("Nothing goes along.")
        }
        if text.isEmpty {
            let names = attachments.map(\.name).joined(separator: ", ")
            return tell(names.isEmpty ? "Nothing goes along: /file PATH adds a file." : "These go along with the next message: \(names).")
        }
        // All or none: a mistake in one of the names leaves nothing half done.
        let words = ShellWords.split(text)
        let new = try await signals.cancelling {
            try words.map { word in
                let isAddress = word.hasPrefix("https://") || word.hasPrefix("http://")
                return Attachment(name: word, part: try isAddress ? Question.image(word) : Question.file(word, option: "/file"))
            }
        }
        attachments += new
        remark(new.count == 1 ? "It goes along with the next message." : "They go along with the next message.")
    }
}
