import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Synchronization
import Testing

@Suite("The chat store", .timeLimit(.minutes(1)))
struct ChatStoreTests {
    private func withStore<Result>(_ body: (ChatStore) async throws -> Result) async throws -> Result {
        try await ChatStore.withStore(MemoryDatabase()) { try await body($0) }
    }

    private func settled(_ exchange: ChatStore.Exchange, in store: ChatStore) async throws -> StoredMessage {
        try await store.settled(exchange.answer.id)
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

    @Test("names a conversation after its first message, also one that was kept before its first message")
    func keptBefore() async throws {
        try await withStore { store in
            let conversation = store.create()
            try await store.database.save(conversation)
            let target = ChatStore.Target(provider: Answering(Answering.text("Because.")), model: "small")
            let exchange = try await store.send(.user("Why is that so?"), in: conversation, to: target)
            _ = try await settled(exchange, in: store)
            #expect(try await store.database.conversation(conversation.id)?.title == "Why is that so?")
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

    @Test("begins the model's answer for it where the provider has that, without the white space at its end")
    func prefill() async throws {
        try await withStore { store in
            let provider = Answering(Answering.brokenOff("The quick "), Answering.text(" brown fox"), continues: true)
            let target = ChatStore.Target(provider: provider, model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let broken = try await settled(exchange, in: store)
            let rest = try await settled(try await store.continueAnswer(broken.id, with: target), in: store)
            #expect(rest.message.text == "brown fox")
            #expect(provider.asked[1] == ["A?", "The quick"])
            #expect(provider.requests.withLock { $0[1].messages.last?.role } == .assistant)
        }
    }

    @Test("gives an answer and its continuation to the model as one")
    func joined() async throws {
        try await withStore { store in
            let provider = Answering(Answering.brokenOff("One, two"), Answering.text(", three."), Answering.text("Four."))
            let target = ChatStore.Target(provider: provider, model: "small")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
            let broken = try await settled(exchange, in: store)
            _ = try await settled(try await store.continueAnswer(broken.id, with: target), in: store)
            let conversation = try #require(try await store.database.conversation(broken.conversation))
            _ = try await settled(try await store.send(.user("B?"), in: conversation, to: target), in: store)
            #expect(provider.asked[2] == ["A?", "One, two, three.", "B?"])
        }
    }

    @Test("retries a question that was never sent")
    func neverSent() async throws {
        try await withStore { store in
            let conversation = store.create(title: "T")
            try await store.database.save(conversation)
            let question = StoredMessage(conversation: conversation.id, parent: nil, message: .user("A?"), status: .pending)
            try await store.database.add([question], stream: nil)
            let provider = Answering(Answering.text("One."))
            let exchange = try await store.retry(question.id, with: .init(provider: provider, model: "m"))
            #expect(try await settled(exchange, in: store).message.text == "One.")
            #expect(try await store.database.message(question.id)?.status == .sent)
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
            #expect(try await head() == one.id, "It is shown already.")
            try await store.choose(three.id)
            try await store.choose(exchange.question.id)
            #expect(try await head() == one.id, "It is shown as it was left.")
            try await store.choose(two.id)
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

    @Test("stops on demand")
    func stop() async throws {
        try await withStore { store in
            let target = ChatStore.Target(provider: Stalling(), model: "m")
            let exchange = try await store.send(.user("A?"), in: store.create(), to: target)
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
