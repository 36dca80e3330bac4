import LAICore
import LAIStorage
import LAIStreaming

/// The checks of one database, each of them on an empty one.
struct DatabaseRun: Sendable {
    struct Broken: Error { let sentence: String }

    let database: any ChatDatabase

    static let checks: [(title: String, check: @Sendable (DatabaseRun) async throws -> Void)] = [
        ("A conversation is kept as it is", { try await $0.conversationKept() }),
        ("Conversations are listed", { try await $0.listed() }),
        ("A purged conversation is gone with its messages", { try await $0.purged() }),
        ("A message is kept as it is", { try await $0.messageKept() }),
        ("A message that is sent twice is there once", { try await $0.sentTwice() }),
        ("A message that is sent many times at once is there once", { try await $0.sentAtOnce() }),
        ("What goes on at the head follows it, or nothing is kept", { try await $0.wentOn() }),
        ("A tree has branches", { try await $0.branches() }),
        ("What follows is found", { try await $0.children() }),
        ("A branch is shown as it was left", { try await $0.chosen() }),
        ("What the tree does not allow is refused, and nothing of it kept", { try await $0.refused() }),
        ("A removed message takes along what follows it", { try await $0.removed() }),
        ("What comes from elsewhere is taken once, and added to", { try await $0.merged() }),
        ("What comes from elsewhere and breaks a rule is refused alone", { try await $0.mergeRefused() }),
        ("Figures are counted", { try await $0.counted() }),
        ("A long conversation can be removed", { try await $0.longRemoved() }),
        ("A stream is recorded and becomes its message", { try await $0.streamed() }),
        ("A stream that fails says so", { try await $0.failed() }),
        ("A stream can be asked to stop", { try await $0.stopRequested() }),
        ("A conversation is changed in one step", { try await $0.changedInOneStep() }),
        ("What changes is told", { try await $0.changesTold() }),
        ("What changes is told in pages", { try await $0.changesInPages() }),
        ("Words are found, in any script and in code", { try await $0.wordsFound() }),
        ("Parts that say something are found", { try await $0.partsFound() }),
        ("Filters hold", { try await $0.filtersHold() }),
        ("Titles are found", { try await $0.titlesFound() }),
        ("What fits best and is newest comes first", { try await $0.ranked() }),
        ("What changes or goes is found as it is", { try await $0.indexFollows() }),
        ("What is being received is found", { try await $0.runningFound() }),
        ("Words are completed", { try await $0.suggested() }),
    ]

    func demand(_ condition: Bool, _ sentence: String) throws { if !condition { throw Broken(sentence: sentence) } }

    func refuses(_ sentence: String, _ body: () async throws -> Void) async throws {
        do { try await body() } catch let error as LAIError where error.code == .invalidRequest { return }
        throw Broken(sentence: sentence)
    }

    // MARK: Things to keep

    func conversation(_ title: String = "A title") async throws -> Conversation {
        let conversation = Conversation(title: title)
        try await database.save(conversation)
        return conversation
    }

    func question(in conversation: ConversationID, after parent: MessageID? = nil, _ text: String = "Why?") -> StoredMessage {
        StoredMessage(conversation: conversation, parent: parent, message: .user(text), status: .pending)
    }

    func answer(to question: StoredMessage) -> StoredMessage {
        StoredMessage(
            conversation: question.conversation, parent: question.id, message: Message(role: .assistant, parts: []),
            status: .streaming)
    }

    /// A question and its answer, which is being received.
    func exchange() async throws -> (question: StoredMessage, answer: StoredMessage, stream: StreamRecord) {
        let question = question(in: try await conversation().id)
        let answer = answer(to: question)
        var receipt = Receipt()
        receipt.provider = "acme"
        receipt.modelAsked = "small-1"
        let stream = StreamRecord(session: SessionID(), conversation: question.conversation, message: answer.id, receipt: receipt)
        try await database.add([question, answer], stream: stream)
        return (question, answer, stream)
    }

    /// Everything that an event can be.
    static let events: [StreamEvent] = [
        .started(ResponseStart(id: "r", model: "small-1-2026")), .blockStarted(BlockStart(block: 0, kind: .reasoning)),
        .delta(block: 0, text: "Hm"), .opaque(block: 0, Opaque(dialect: "anthropic", json: #"{"signature":"s"}"#)),
        .blockEnded(block: 0), .blockStarted(BlockStart(block: 1, kind: .text)), .delta(block: 1, text: "Grüß"),
        .delta(block: 1, text: " dich 👋🏽"), .delta(block: 1, text: "\u{0}\n"),
        .citation(block: 1, Citation(url: "https://a.example", title: nil, quote: "q")), .blockEnded(block: 1),
        .blockStarted(BlockStart(block: 2, kind: .toolCall(id: "c", name: "f", isCustom: false))),
        .delta(block: 2, text: "{}"), .toolCall(block: 2, ToolCall(id: "c", name: "f", arguments: "{}")), .blockEnded(block: 2),
        .blockStarted(BlockStart(block: 3, kind: .media)),
        .media(block: 3, Media(mediaType: "image/png", source: .base64("iVBORw0KGgo="))), .blockEnded(block: 3),
        .blockStarted(BlockStart(block: 4, kind: .serverTool(name: "search"))), .blockEnded(block: 4),
        .blockStarted(BlockStart(block: 5, kind: .alternative(choice: 1))), .delta(block: 5, text: "Or"), .blockEnded(block: 5),
        .blockStarted(BlockStart(block: 6, kind: .refusal)), .delta(block: 6, text: "No."), .blockEnded(block: 6),
        .usage(Usage(inputTokens: 3, outputTokens: 5, cachedTokens: 1)), .warning(StreamWarning(.irregular, "Odd.")),
    ]

    static func end(_ reason: FinishReason, error: LAIError? = nil, _ events: [StreamEvent] = []) -> StreamEnd {
        var builder = MessageBuilder()
        for event in events { builder.apply(event) }
        var end = StreamEnd(reason, rawReason: "raw", error: error)
        end.requestID = "req"
        end.attempts = 2
        end.usage = Usage(inputTokens: 3, outputTokens: 5)
        end.message = builder.message
        return end
    }

    func finished(_ stream: StreamRecord, _ end: StreamEnd) -> FinishedStream {
        FinishedStream(
            session: stream.session, conversation: stream.conversation, message: stream.message, end: end, model: "small-1-2026",
            metrics: StreamMetrics())
    }
}
