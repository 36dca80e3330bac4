import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import LAITesting
import Testing

@Suite("Conversations in the chat store", .timeLimit(.minutes(1)))
struct ConversationTests {
    private func answered(_ store: ChatStore, _ texts: [(question: String, answer: String)]) async throws -> Conversation {
        var conversation = store.create(system: "Be brief.")
        for (question, answer) in texts {
            let target = ChatStore.Target(provider: Answering(Answering.text(answer)), model: "m")
            let exchange = try await store.send(.user(question), in: conversation, to: target)
            try await store.settled(exchange.answer.id)
            conversation = try #require(try await store.database.conversation(conversation.id))
        }
        return conversation
    }

    @Test("are forked: a copy of what was said up to a message, which goes its own way")
    func fork() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let old = try await answered(store, [("A?", "One."), ("B?", "Two.")])
            try await store.tag(old.id, ["work"])
            let messages = try await store.database.messages(in: old.id)
            let fork = try await store.fork(at: messages[1].id)
            #expect(fork.id != old.id)
            #expect(fork.tags == ["work"])
            #expect(fork.system == "Be brief.")
            let copies = try await store.database.messages(in: fork.id)
            #expect(copies.map(\.message.text) == ["A?", "One."])
            #expect(copies[1].receipt == messages[1].receipt)
            #expect(copies[1].created == messages[1].created)
            #expect(fork.head == copies[1].id)
            let provider = Answering(Answering.text("Three."))
            let exchange = try await store.send(.user("C?"), in: fork, to: .init(provider: provider, model: "m"))
            try await store.settled(exchange.answer.id)
            #expect(provider.asked == [["A?", "One.", "C?"]])
            #expect(try await store.database.messages(in: old.id).count == 4)
        }
    }

    @Test("are pinned, archived and tagged")
    func marks() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let id = try await answered(store, [("A?", "One.")]).id
            try await store.pin(id)
            try await store.archive(id)
            try await store.tag(id, ["a", "b"])
            try await store.untag(id, ["a"])
            var conversation = try #require(try await store.database.conversation(id))
            #expect(conversation.isPinned && conversation.isArchived && conversation.tags == ["b"])
            try await store.pin(id, false)
            try await store.archive(id, false)
            conversation = try #require(try await store.database.conversation(id))
            #expect(!conversation.isPinned && !conversation.isArchived)
        }
    }

    @Test("lose a message with all that follows it, also one that is being received")
    func remove() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let conversation = try await answered(store, [("A?", "One.")])
            let exchange = try await store.send(.user("B?"), in: conversation, to: .init(provider: Stalling(), model: "m"))
            try await store.remove(exchange.question.id)
            let left = try await store.database.messages(in: conversation.id)
            #expect(left.map(\.message.text) == ["A?", "One."])
            #expect(try await store.database.conversation(conversation.id)?.head == left[1].id)
            let error = await #expect(throws: LAIError.self) { try await store.remove(exchange.question.id) }
            #expect(error?.code == .notFound)
            for await _ in try #require(exchange.session).updates() {}
        }
    }

    @Test("tell each change of a status to whoever follows")
    func changes() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let feed = store.changes(after: try await store.database.changes(after: nil, limit: 1).cursor, every: .milliseconds(1))
            let exchange = try await store.send(
                .user("A?"), in: store.create(), to: .init(provider: Answering(Answering.text("One.")), model: "m"))
            var statuses: [MessageID: [StoredMessage.Status]] = [:]
            for try await batch in feed {
                for change in batch.changes { if let id = change.message { statuses[id, default: []].append(change.status!) } }
                if statuses[exchange.question.id]?.last == .sent { break }
            }
            #expect(statuses[exchange.question.id] == [.pending, .sent])
            #expect(statuses[exchange.answer.id] == [.streaming, .sent])
        }
    }
}
