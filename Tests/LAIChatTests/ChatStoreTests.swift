import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Synchronization
import Testing

/// A provider that answers as the test says, and remembers what it was asked.
private final class Answering: Provider {
    let id = "acme"
    let isOnThisMachine: Bool
    let requests = Mutex<[ChatRequest]>([])
    private let answers: Mutex<[[StreamEvent]]>

    init(_ answers: [StreamEvent]..., isOnThisMachine: Bool = false) {
        self.answers = Mutex(answers)
        self.isOnThisMachine = isOnThisMachine
    }

    static func text(_ text: String, _ end: StreamEnd = StreamEnd(.stop)) -> [StreamEvent] {
        [
            .started(ResponseStart(id: "r", model: "small-2026")), .blockStarted(BlockStart(block: 0, kind: .text)),
            .delta(block: 0, text: text), .blockEnded(block: 0), .end(end),
        ]
    }

    static func failure(_ code: LAIError.Code) -> [StreamEvent] { [.end(StreamEnd(.failed, error: LAIError(code, "No.")))] }

    static func brokenOff(_ text: String) -> [StreamEvent] {
        Self.text(text, StreamEnd(.interrupted, error: LAIError(.interrupted, "It broke off.")))
    }

    var asked: [[String]] { requests.withLock { $0.map { $0.messages.map(\.text) } } }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        requests.withLock { $0.append(request) }
        let events = answers.withLock { $0.isEmpty ? Self.text("Nothing more.") : $0.removeFirst() }
        return ChatStream { Source(events) }
    }

    func models() -> [ModelInfo] { [] }

    private final class Source: EventSource {
        private let events: Mutex<[StreamEvent]>
        init(_ events: [StreamEvent]) { self.events = Mutex(events) }
        func next() -> [StreamEvent]? { events.withLock { events in events.isEmpty ? nil : [events.removeFirst()] } }
        func cancel() {}
    }
}

@Suite("The chat store", .timeLimit(.minutes(1)))
struct ChatStoreTests {
    private func withStore<Result>(_ body: (ChatStore) async throws -> Result) async throws -> Result {
        try await ChatStore.withStore(MemoryDatabase(), body)
    }

    private func settled(_ exchange: ChatStore.Exchange, in store: ChatStore) async throws -> StoredMessage {
        for await _ in try #require(exchange.session).updates() {}
        while true {
            let message = try #require(try await store.database.message(exchange.answer.id))
            if message.status != .streaming { return message }
            await Task.yield()
        }
    }

    @Test("keeps question and answer before anything comes, and the whole answer with its receipt")
    func send() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("Because."))
            var target = ChatStore.Target(provider: provider, model: "small", route: "you said so")
            target.context = ["a.swift"]
            let exchange = try await store.send(.user("Why is that so?"), in: store.create(system: "Be brief."), to: target)
            #expect(try await store.database.message(exchange.question.id) != nil)
            #expect(try await store.database.message(exchange.answer.id) != nil)
            let answer = try await settled(exchange, in: store)
            #expect(answer.message.text == "Because.")
            #expect(answer.status == .sent)
            #expect(answer.receipt?.provider == "acme")
            #expect(answer.receipt?.modelAsked == "small")
            #expect(answer.receipt?.model == "small-2026")
            #expect(answer.receipt?.route == "you said so")
            #expect(answer.receipt?.context == ["a.swift"])
            #expect(try await store.database.message(exchange.question.id)?.status == .sent)
            let conversation = try #require(try await store.database.conversation(answer.conversation))
            #expect(conversation.title == "Why is that so?")
            #expect(conversation.titleSource == .words)
            #expect(conversation.head == answer.id)
            #expect(provider.requests.withLock { $0.first?.system } == "Be brief.")
        }
    }

    @Test("sends the whole branch with the next question")
    func followUp() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."), Answering.text("Two."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            _ = try await settled(first, in: store)
            let conversation = try #require(try await store.database.conversation(first.question.conversation))
            let second = try await store.send(.user("B?"), in: conversation, to: target)
            _ = try await settled(second, in: store)
            #expect(provider.asked == [["A?"], ["A?", "One.", "B?"]])
            #expect(second.question.parent == first.answer.id)
        }
    }

    @Test("takes the same question under the same id once")
    func sentTwice() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let conversation = store.create()
            let id = MessageID()
            let first = try await store.send(.user("A?"), in: conversation, id: id, to: target)
            _ = try await settled(first, in: store)
            let again = try await store.send(.user("A?"), in: conversation, id: id, to: target)
            #expect(again.answer.id == first.answer.id)
            #expect(provider.asked.count == 1)
        }
    }

    @Test("asks again where there was no answer, and leaves no empty one behind")
    func retry() async throws {
        try await withStore { store in
            let provider = Answering(Answering.failure(.authentication), Answering.text("Now."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let failed = try await settled(exchange, in: store)
            #expect(failed.status == .failed)
            #expect(failed.error?.code == .authentication)
            #expect(try await store.database.message(exchange.question.id)?.status == .failed)
            let again = try await store.retry(failed.id, with: target)
            #expect(try await settled(again, in: store).message.text == "Now.")
            #expect(try await store.database.message(exchange.question.id)?.status == .sent)
            #expect(try await store.database.message(failed.id) == nil)
            let conversation = try await store.database.conversation(failed.conversation)
            #expect(conversation?.head == again.answer.id)
        }
    }

    @Test("lets an answer that broke off go on, with a seam")
    func goOn() async throws {
        try await withStore { store in
            let provider = Answering(Answering.brokenOff("The quick brown"), Answering.text("quick brown fox jumps."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let broken = try await settled(exchange, in: store)
            #expect(broken.status == .interrupted)
            let rest = try await settled(try await store.continueAnswer(broken.id, with: target), in: store)
            #expect(rest.parent == broken.id)
            #expect(rest.message.text == " fox jumps.")
            #expect(provider.asked[1].prefix(2) == ["A?", "The quick brown"])
            #expect(provider.asked[1].count == 3)
            #expect(try await store.database.messages(in: broken.conversation).count == 3, "the instruction is not kept")
        }
    }

    @Test("puts another answer, or another question, beside the old one, and lets a person choose")
    func siblings() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."), Answering.text("Two."), Answering.text("Three."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let one = try await settled(exchange, in: store)
            let two = try await settled(try await store.regenerate(one.id, with: target), in: store)
            #expect(two.parent == one.parent)
            let edited = try await store.edit(exchange.question.id, to: .user("B?"), with: target)
            let three = try await settled(edited, in: store)
            #expect(edited.question.parent == nil)
            #expect(provider.asked == [["A?"], ["A?"], ["B?"]])
            func head() async throws -> MessageID? { try await store.database.conversation(one.conversation)?.head }
            #expect(try await head() == three.id)
            try await store.choose(one.id)
            #expect(try await head() == one.id)
            try await store.choose(exchange.question.id)
            #expect(try await head() == two.id)
        }
    }

    @Test("never lets a conversation that is local only leave this machine")
    func localOnly() async throws {
        try await withStore { store in
            let remote = Answering()
            let conversation = store.create(isLocalOnly: true)
            let error = await #expect(throws: LAIError.self) {
                try await store.send(.user("A secret"), in: conversation, to: .init(provider: remote, model: "m"))
            }
            #expect(error?.code == .permission)
            #expect(remote.asked.isEmpty)
            let local = Answering(Answering.text("Yes."), isOnThisMachine: true)
            let exchange = try await store.send(.user("A secret"), in: conversation, to: .init(provider: local, model: "m"))
            let answer = try await settled(exchange, in: store)
            for body in [store.regenerate, store.continueAnswer, store.retry] {
                await #expect(throws: LAIError.self) { try await body(answer.id, .init(provider: remote, model: "m")) }
            }
            await #expect(throws: LAIError.self) {
                try await store.edit(exchange.question.id, to: .user("B"), with: .init(provider: remote, model: "m"))
            }
            #expect(remote.asked.isEmpty)
        }
    }

    @Test("refuses a second question while an answer of the branch comes in, and stops on demand")
    func stop() async throws {
        try await withStore { store in
            let provider = Stalling()
            let target = ChatStore.Target(provider: provider, model: "m")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let conversation = try #require(try await store.database.conversation(exchange.question.conversation))
            await #expect(throws: LAIError.self) { try await store.send(.user("B?"), in: conversation, to: target) }
            try await store.stop(exchange.answer.id)
            let answer = try await settled(exchange, in: store)
            #expect(answer.status == .stopped)
        }
    }

    @Test("names a conversation by the first words that say something, and never over a person's name", arguments: [
        ("Hello", "Hello"), ("\n\n# A heading\nmore", "A heading"), ("", "Nothing"),
        ("A question that is so long that it does not fit into one line of a list", "A question that is so long that it does not fit into one…"),
    ])
    func titles(text: String, title: String) async throws {
        try await withStore { store in
            let message = text.isEmpty ? Message(role: .user, parts: []) : .user(text)
            let target = ChatStore.Target(provider: Answering(), model: "m")
            let exchange = try await store.send(message, in: store.create(), to: target)
            _ = try await settled(exchange, in: store)
            let id = exchange.question.conversation
            #expect(try await store.database.conversation(id)?.title == title)
            try await store.rename(id, to: "Mine")
            let conversation = try #require(try await store.database.conversation(id))
            _ = try await settled(try await store.send(.user("More"), in: conversation, to: target), in: store)
            #expect(try await store.database.conversation(id)?.title == "Mine")
        }
    }

    @Test("deletes with a way back")
    func deletion() async throws {
        try await withStore { store in
            let target = ChatStore.Target(provider: Answering(), model: "m")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            _ = try await settled(exchange, in: store)
            let id = exchange.question.conversation
            try await store.delete(id)
            #expect(try await store.database.conversations(ConversationFilter()).isEmpty)
            try await store.restore(id)
            #expect(try await store.database.conversations(ConversationFilter()).map(\.id) == [id])
            #expect(try await store.database.messages(in: id).count == 2)
        }
    }
}

/// A provider that begins to answer and never ends.
private struct Stalling: Provider {
    let id = "stalling"
    func models() -> [ModelInfo] { [] }
    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream { ChatStream { Source() } }

    private final class Source: EventSource {
        private let isDone = Mutex(false)

        func next() async -> [StreamEvent]? {
            if isDone.withLock({ $0 }) { return nil }
            while !Task.isCancelled { await Task.yield() }
            isDone.withLock { $0 = true }
            return [.end(StreamEnd(.stopped))]
        }

        func cancel() {}
    }
}
