import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import LAITesting
import Testing

@Suite("Messages that queue", .timeLimit(.minutes(1)))
struct QueueTests {
    private func current(_ id: ConversationID, _ store: ChatStore) async throws -> Conversation {
        try #require(try await store.database.conversation(id))
    }

    @Test("are kept at once, wait for the answer before them, and are sent with it, in their order")
    func inOrder() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), Answering.text("Two."), Answering.text("Three."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let id = first.question.conversation
            let second = try await store.send(.user("B?"), in: try await current(id, store), to: target)
            let third = try await store.send(.user("C?"), in: try await current(id, store), to: target)
            #expect(try await store.database.message(third.question.id)?.status == .pending)
            #expect(try await store.database.messages(in: id).count == 6)
            #expect(provider.asked.count <= 1)
            gate.open()
            #expect(try await store.settled(third.answer.id).message.text == "Three.")
            #expect(provider.asked == [["A?"], ["A?", "One.", "B?"], ["A?", "One.", "B?", "Two.", "C?"]])
            #expect(second.question.parent == first.answer.id)
            #expect(third.question.parent == second.answer.id)
            for question in [first, second, third].map(\.question.id) {
                #expect(try await store.database.message(question)?.status == .sent)
            }
        }
    }

    @Test("go out when the answer before them was stopped")
    func afterStop() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let first = try await store.send(.user("A?"), in: store.create(), to: .init(provider: Stalling(), model: "m"))
            let provider = Answering(Answering.text("Two."))
            let conversation = try await current(first.question.conversation, store)
            let second = try await store.send(.user("B?"), in: conversation, to: .init(provider: provider, model: "m"))
            try await store.stop(first.answer.id)
            #expect(try await store.settled(second.answer.id).message.text == "Two.")
            #expect(try await store.settled(first.answer.id).status == .stopped)
        }
    }

    @Test("are not sent behind a question that got no answer, and can be retried")
    func afterFailure() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.failure(.rateLimited), Answering.text("One."), Answering.text("Two."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let second = try await store.send(.user("B?"), in: try await current(first.question.conversation, store), to: target)
            gate.open()
            let failed = try await store.settled(second.answer.id)
            #expect(failed.status == .failed)
            #expect(failed.error?.code == .invalidRequest)
            #expect(provider.asked == [["A?"]])
            let again = try await store.retry(first.answer.id, with: target)
            #expect(try await store.settled(again.answer.id).message.text == "One.")
            #expect(try await store.database.message(second.question.id)?.message.text == "B?", "what queued is kept")
        }
    }

    @Test("can be stopped while they wait")
    func stopped() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let second = try await store.send(.user("B?"), in: try await current(first.question.conversation, store), to: target)
            try await store.stop(second.answer.id)
            #expect(try await store.settled(second.answer.id).status == .stopped)
            gate.open()
            #expect(try await store.settled(first.answer.id).message.text == "One.")
            #expect(provider.asked == [["A?"]])
        }
    }

    @Test("wait for an answer that is still being received when the one between was stopped")
    func stoppedBetween() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), Answering.text("Three."), Answering.text("Four."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let id = first.question.conversation
            let second = try await store.send(.user("B?"), in: try await current(id, store), to: target)
            let third = try await store.send(.user("C?"), in: try await current(id, store), to: target)
            try await store.stop(second.answer.id)
            _ = try await store.settled(second.answer.id)
            // So do one that is sent now, one that is asked again, and one that is put in its place.
            let others = Answering(Answering.text("B."), Answering.text("B."), Answering.text("B."))
            let other = ChatStore.Target(provider: others, model: "m")
            let waiting = [
                try await store.send(.user("D?"), in: try await current(id, store), after: second.answer.id, to: other),
                try await store.retry(second.answer.id, with: other),
                try await store.edit(second.question.id, to: .user("E?"), with: other),
            ]
            gate.open()
            #expect(try await store.settled(third.answer.id).message.text == "Three.")
            #expect(provider.asked == [["A?"], ["A?", "One.", "B?", "C?"]])
            for exchange in waiting { _ = try await store.settled(exchange.answer.id) }
            #expect(Set(others.asked) == [["A?", "One.", "B?", "D?"], ["A?", "One.", "B?"], ["A?", "One.", "E?"]])
        }
    }

    @Test("are not sent behind a question that got no answer either when the one between was stopped")
    func stoppedBeforeFailure() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.failure(.rateLimited), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let id = first.question.conversation
            let second = try await store.send(.user("B?"), in: try await current(id, store), to: target)
            let third = try await store.send(.user("C?"), in: try await current(id, store), to: target)
            try await store.stop(second.answer.id)
            _ = try await store.settled(second.answer.id)
            gate.open()
            #expect(try await store.settled(third.answer.id).error?.code == .invalidRequest)
            #expect(provider.asked == [["A?"]])
        }
    }

    @Test("are not sent when their conversation was deleted while they waited")
    func deleted() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let second = try await store.send(.user("B?"), in: try await current(first.question.conversation, store), to: target)
            // By a program whose wish to stop them did not come yet.
            try await store.change(first.question.conversation) { $0.deleted = .now }
            gate.open()
            #expect(try await store.settled(second.answer.id).error?.code == .deleted)
            #expect(provider.asked == [["A?"]])
        }
    }

    @Test("are interrupted while they wait, and not sent, when the store ends")
    func ended() async throws {
        let database: any ChatDatabase = MemoryDatabase()
        let provider = Answering(Answering.text("Two."))
        let answers = try await ChatStore.withStore(database) { store in
            let first = try await store.send(.user("A?"), in: store.create(), to: .init(provider: Stalling(), model: "m"))
            var answers = [first.answer.id]
            for text in ["B?", "C?"] {
                let conversation = try await current(first.question.conversation, store)
                answers.append(try await store.send(.user(text), in: conversation, to: .init(provider: provider, model: "m")).answer.id)
            }
            return answers
        }
        for id in answers {
            let answer = try #require(try await database.message(id))
            #expect(answer.status == .interrupted)
            #expect(answer.error?.code == .interrupted)
        }
        #expect(provider.asked.isEmpty)
        // Each is there to be gone on with, in its turn.
        try await ChatStore.withStore(database) { store in
            let again = try await store.continueAnswer(answers[1], with: .init(provider: provider, model: "m"))
            #expect(try await store.settled(again.answer.id).message.text == "Two.")
        }
    }

    @Test("do not leave this machine when the conversation was marked while they waited")
    func marked() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            let second = try await store.send(.user("B?"), in: try await current(first.question.conversation, store), to: target)
            try await store.change(first.question.conversation) { $0.isLocalOnly = true }
            gate.open()
            #expect(try await store.settled(second.answer.id).error?.code == .permission)
            #expect(provider.asked == [["A?"]])
        }
    }
}
