import ArgumentParser
import LAIChat
import LAIProviders
import LAISettings
import LAIStorage

/// `lai ask`
struct Ask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask a model; the answer streams to standard output.",
        discussion: """
            The question is the words, followed by what comes on standard input. On a pipe the output is the answer's \
            text and nothing else; remarks and errors go to standard error.
            """)

    @Argument(help: "The question.")
    var words: [String] = []

    @Option(name: [.short, .long], help: "The model, as provider/model, an alias, or auto.")
    var model: String?

    @Option(name: [.short, .long], help: "A system prompt: how the model shall behave.")
    var system: String?

    @Option(name: [.short, .long], help: "A picture to send along: a file, or an https address. Repeatable.")
    var image: [String] = []

    @Option(name: [.short, .long], help: "A file to send along: text, PDF or any other that the model takes. Repeatable.")
    var file: [String] = []

    @Option(name: [.short, .long], parsing: .unconditional, help: "Randomness, from 0 to 2.")
    var temperature: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("The most tokens to generate.", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("How much to think: off, minimal, low, medium, high, xhigh, max, or a number of tokens.", valueName: "effort"),
        completion: .list(["off", "minimal", "low", "medium", "high", "xhigh", "max"]))
    var reasoning: String?

    @Option(help: ArgumentHelp("A JSON schema that the answer must fit: a file, or the JSON itself.", valueName: "schema"))
    var schema: String?

    @Flag(inversion: .prefixedNo, help: "Stream the answer, or wait for it as one body.")
    var stream = true

    @Option(help: ArgumentHelp("Keep the raw response in a file, for `lai replay`.", valueName: "file"))
    var record: String?

    @Option(help: "What to print: text, json (one object at the end), or ndjson (an event a line).")
    var output: OutputFormat = .text

    @Flag(help: "Show the model's reasoning, on standard error.")
    var showReasoning = false

    @Flag(help: "Show tokens and times at the end, on standard error.")
    var usage = false

    @Option(parsing: .unconditional, help: ArgumentHelp("Give up after so many seconds.", valueName: "seconds"))
    var timeout: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("How often to try again while nothing came.", valueName: "n"))
    var retries: Int?

    @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the last conversation.")
    var goesOn = false

    @Option(help: ArgumentHelp("Go on with this conversation.", valueName: "id"))
    var conversation: String?

    @Flag(inversion: .prefixedNo, help: "Let nothing of this conversation leave this machine, now and later; the default is the configuration's.")
    var localOnly: Bool?

    @Flag(help: "Leave no trace: nothing is kept.")
    var temporary = false

    @Flag(inversion: .prefixedNo, help: "Tell on the desktop when it is there; by itself after 20 seconds.")
    var notify: Bool?

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 1_000_000) { throw ValidationError("--timeout takes a number of seconds, above 0 and up to 1000000.") }
        if temporary, goesOn || conversation != nil {
            throw ValidationError("--temporary keeps nothing, so there is nothing to go on with.")
        }
        if goesOn, conversation != nil { throw ValidationError("-c is the last conversation: take it or --conversation, not both.") }
        if let retries, !(0...100).contains(retries) { throw ValidationError("--retries takes a number from 0 to 100.") }
        if let temperature, !(0...2).contains(temperature) { throw ValidationError("--temperature takes a number from 0 to 2.") }
        if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens takes a number from 1 on.") }
        if let reasoning, Reasoning(argument: reasoning) == nil {
            throw ValidationError("--reasoning takes off, minimal, low, medium, high, xhigh, max, or a number of tokens.")
        }
    }

    func run() async throws {
        let status = try await output.answering(for: model) {
            let question = try Question(words: words, images: image, files: file)
            return try await Signals.cancelling { try await ask(question) }
        }
        throw status
    }

    private func ask(_ question: Question) async throws -> ExitStatus {
        var session = try Session()
        session.isTemporary = temporary
        let isNew = conversation == nil && !goesOn
        let staysHere = localOnly ?? (isNew && session.settings.routing.localOnly == true)
        // A recording is of one provider.
        let constraints = RouteConstraints(isLocalOnly: staysHere, isFirstOnly: record != nil)
        let remembered = isNew || model != nil ? nil : try await rememberedModel(session)
        var choice = try await ModelChoice.make(named: model ?? remembered, under: constraints, in: session)
        if choice.provider.name == HybridRouter.auto { choice.provider.onAsking = Ask.tell }
        choice.provider.adjustOptions = try options(session)
        let configure = try configuration()
        let printer = AnswerPrinter(
            format: output, showsReasoning: showReasoning, showsUsage: usage, label: choice.name,
            provider: choice.providerID, model: choice.model)
        return try await Store.withStore(session, isTemporary: temporary, advice: " With --temporary it asks without one.") { store in
            var conversation = try await ConversationReference.conversation(self.conversation, goesOn: goesOn, in: store)
            if conversation.isLocalOnly {
                if localOnly == false { throw UsageError("This conversation may not leave this machine, ever; --no-local-only is for new ones.") }
                choice.provider = try choice.provider.staying()
            } else if staysHere {
                conversation.isLocalOnly = true
                if !isNew { try await store.change(conversation.id) { $0.isLocalOnly = true } }
            }
            if let system { conversation.system = system }
            if session.settings.routing.prefer == .speed { try await choice.provider.router.learn(from: store.database) }
            var target = choice.target
            target.configure = configure
            let exchange = try await store.send(Message(role: .user, parts: question.parts), in: conversation, to: target)
            let notice = AnswerNotice(session: session, database: store.database, isTemporary: temporary, isWanted: notify)
            return await printer.follow(exchange.session!, notice: notice)
        }
    }

    /// The model that the conversation was held with.
    private func rememberedModel(_ session: Session) async throws -> String? {
        let database = try Store.open(session)
        defer { try? (database as? SQLiteDatabase)?.close() }
        return try await ConversationReference.resolve(conversation, in: database).rememberedModel(in: database)
    }

    /// Tells whom the question goes to, when nobody named it.
    private static func tell(_ choice: RoutePlan.Choice) {
        let reasons = choice.reasons.joined(separator: "; ")
        if !reasons.isEmpty { Terminal.remark("asking \(choice.name), because \(reasons)") }
    }

    /// What the options change in the call of the model that is asked.
    private func options(_ session: Session) throws -> @Sendable (RoutePlan.Choice, inout CallOptions) -> Void {
        let file = try record.map { try RecordingFile($0) }
        return { [retries, timeout, factory = session.factory] choice, options in
            let (provider, model) = (choice.candidate.provider, choice.candidate.model ?? "")
            if let retries {
                var policy = factory.retries
                policy.maxRetries = retries
                options.retries = policy
            }
            if let timeout {
                var timeouts = factory.timeouts(of: provider)
                timeouts.total = .milliseconds(Int64(timeout * 1000))
                options.timeouts = timeouts
            }
            if let file {
                options.recorder = RecordingWriter(
                    provider: provider, dialect: factory.dialect(of: provider), model: model, write: file.append)
            }
        }
    }

    /// What the options add to the request.
    private func configuration() throws -> @Sendable (inout ChatRequest) -> Void {
        let schema = try schema.map(Question.schema)
        let reasoning = reasoning.flatMap(Reasoning.init(argument:))
        return { [temperature, maxTokens, stream] request in
            request.temperature = temperature
            request.maxTokens = maxTokens
            request.reasoning = reasoning
            request.streams = stream
            if let schema { request.format = .schema(name: "answer", schema: schema) }
        }
    }
}

extension Reasoning {
    init?(argument: String) {
        if argument == "off" || argument == "none" {
            self = .off
        } else if let effort = Effort(rawValue: argument) {
            self = .effort(effort)
        } else if let budget = Int(argument), budget > 0 {
            self = .budget(budget)
        } else {
            return nil
        }
    }
}
