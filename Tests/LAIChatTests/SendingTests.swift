import Foundation
import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import LAITesting
import Testing

@Suite("A message that is sent", .timeLimit(.minutes(1)))
struct SendingTests {
    private func withStore<Result>(_ body: (ChatStore) async throws -> Result) async throws -> Result {
        try await ChatStore.withStore(MemoryDatabase()) { try await body($0) }
    }

    /// Sends the same many times at once, through each of the stores in turn.
    private func sendAtOnce(through stores: [ChatStore], _ target: ChatStore.Target) async throws {
        let conversation = stores[0].create()
        let id = MessageID()
        let answers = try await withThrowingTaskGroup(of: MessageID.self) { group in
            for number in 0..<16 {
                group.addTask { try await stores[number % stores.count].send(.user("A?"), in: conversation, id: id, to: target).answer.id }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        let answer = try #require(answers.first)
        #expect(answers.count == 1)
        #expect(try await stores[0].settled(answer).message.text == "One.")
        #expect(try await stores[0].database.messages(in: conversation.id).map(\.id) == [id, answer])
        let kept = try #require(try await stores[0].database.conversation(conversation.id))
        #expect(kept.head == answer && kept.title == "A?")
    }

    @Test("many times at once under the same id is asked once")
    func atOnce() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."))
            try await sendAtOnce(through: [store], .init(provider: provider, model: "m"))
            #expect(provider.asked.count == 1)
        }
    }

    @Test("many times at once under the same id, by several programs on one file, is asked once")
    func atOnceFromPrograms() async throws {
        let folder = NSTemporaryDirectory() + "/lai-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (mine, theirs) = (try SQLiteDatabase(path: folder + "/lai.db"), try SQLiteDatabase(path: folder + "/lai.db"))
        let provider = Answering(Answering.text("One."))
        try await ChatStore.withStore(mine) { store in
            try await ChatStore.withStore(theirs) { other in
                try await sendAtOnce(through: [store, other], .init(provider: provider, model: "m"))
            }
        }
        #expect(provider.asked.count == 1)
    }

    @Test("at the same time as others, by several programs too, stands in one branch with them, and waits for those before it")
    func othersAtOnce() async throws {
        let folder = NSTemporaryDirectory() + "/lai-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (mine, theirs) = (try SQLiteDatabase(path: folder + "/lai.db"), try SQLiteDatabase(path: folder + "/lai.db"))
        let provider = Answering()
        let target = ChatStore.Target(provider: provider, model: "m")
        try await ChatStore.withStore(mine) { store in
            try await ChatStore.withStore(theirs) { other in
                let conversation = store.create()
                let answers = try await withThrowingTaskGroup(of: MessageID.self) { group in
                    for number in 0..<8 {
                        group.addTask { try await [store, other][number % 2].send(.user("\(number)?"), in: conversation, to: target).answer.id }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for answer in answers { #expect(try await store.settled(answer).status == .sent) }
                let head = try #require(try await store.database.conversation(conversation.id)?.head)
                #expect(try await store.database.branch(endingWith: head, limit: 100).count == 16)
                #expect(provider.asked.map(\.count) == Array(stride(from: 1, to: 16, by: 2)))
            }
        }
    }

    @Test("under an id that is taken is refused, unless it is the same message in the same place")
    func taken() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."))
            let target = ChatStore.Target(provider: provider, model: "m")
            let conversation = store.create()
            let sent = try await store.send(.user("A?"), in: conversation, to: target)
            let id = sent.question.id
            _ = try await store.settled(sent.answer.id)
            let other = store.create()
            try await store.database.save(other)
            let attempts: [@Sendable () async throws -> ChatStore.Exchange] = [
                { try await store.send(.user("B?"), in: conversation, id: id, to: target) },
                { try await store.send(.user("A?"), in: other, id: id, to: target) },
                { try await store.send(.user("A?"), in: conversation, after: sent.answer.id, id: id, to: target) },
                { try await store.send(.user("One."), in: conversation, id: sent.answer.id, to: target) },
            ]
            for attempt in attempts {
                let error = await #expect(throws: LAIError.self) { try await attempt() }
                #expect(error?.code == .idTaken)
            }
            #expect(try await store.database.messages(in: other.id).isEmpty)
            #expect(try await store.send(.user("A?"), in: conversation, id: id, to: target).answer.id == sent.answer.id)
            #expect(provider.asked.count == 1)
        }
    }

    @Test("behind a message that is not of its conversation is refused, and nothing is kept")
    func unknownParent() async throws {
        try await withStore { store in
            let target = ChatStore.Target(provider: Answering(), model: "m")
            let elsewhere = try await store.send(.user("A?"), in: store.create(), to: target)
            let conversation = store.create()
            for parent in [MessageID(), elsewhere.answer.id] {
                let error = await #expect(throws: LAIError.self) {
                    try await store.send(.user("B?"), in: conversation, after: parent, to: target)
                }
                #expect(error?.code == .invalidRequest)
            }
            #expect(try await store.database.conversation(conversation.id) == nil)
        }
    }

    @Test("or asked again in any way in a deleted conversation is refused")
    func deleted() async throws {
        try await withStore { store in
            let provider = Answering(Answering.brokenOff("One"))
            let target = ChatStore.Target(provider: provider, model: "m")
            let sent = try await store.send(.user("A?"), in: store.create(), to: target)
            let (question, answer) = (sent.question.id, sent.answer.id)
            _ = try await store.settled(answer)
            let conversation = try #require(try await store.database.conversation(sent.question.conversation))
            try await store.delete(conversation.id)
            let attempts: [@Sendable () async throws -> ChatStore.Exchange] = [
                { try await store.send(.user("B?"), in: conversation, to: target) },
                { try await store.regenerate(answer, with: target) },
                { try await store.retry(answer, with: target) },
                { try await store.retry(question, with: target) },
                { try await store.continueAnswer(answer, with: target) },
                { try await store.edit(question, to: .user("B?"), with: target) },
            ]
            for attempt in attempts {
                let error = await #expect(throws: LAIError.self) { try await attempt() }
                #expect(error?.code == .deleted)
            }
            #expect(try await store.database.messages(in: conversation.id).count == 2)
            #expect(provider.asked.count == 1)
            try await store.restore(conversation.id)
            let again = try await store.send(.user("B?"), in: conversation, to: target)
            #expect(again.question.parent == answer)
        }
    }

    @Test("that is a question is not taken for an answer, nor an answer for a question")
    func roles() async throws {
        try await withStore { store in
            let provider = Answering(Answering.text("One."))
            let target = ChatStore.Target(provider: provider, model: "m")
            let first = try await store.send(.user("A?"), in: store.create(), to: target)
            _ = try await store.settled(first.answer.id)
            let conversation = try #require(try await store.database.conversation(first.question.conversation))
            let second = try await store.send(.user("B?"), in: conversation, to: target)
            _ = try await store.settled(second.answer.id)
            let (question, answer) = (second.question.id, second.answer.id)
            let attempts: [@Sendable () async throws -> ChatStore.Exchange] = [
                { try await store.edit(answer, to: .user("C?"), with: target) },
                { try await store.regenerate(question, with: target) },
                { try await store.continueAnswer(question, with: target) },
            ]
            for attempt in attempts {
                let error = await #expect(throws: LAIError.self) { try await attempt() }
                #expect(error?.code == .invalidRequest)
                #expect(error?.message.hasPrefix("This is a") == true)
            }
            #expect(try await store.database.messages(in: conversation.id).count == 4)
            #expect(provider.asked.count == 2)
        }
    }

    @Test("is not asked once more while its answer is being received, and may be after that")
    func retriedEarly() async throws {
        try await withStore { store in
            let gate = Gate()
            let provider = Answering(Answering.text("One."), Answering.text("Two."), gate: gate)
            let target = ChatStore.Target(provider: provider, model: "m")
            let sent = try await store.send(.user("A?"), in: store.create(), to: target)
            let error = await #expect(throws: LAIError.self) { try await store.retry(sent.question.id, with: target) }
            #expect(error?.code == .invalidRequest)
            gate.open()
            _ = try await store.settled(sent.answer.id)
            let again = try await store.retry(sent.question.id, with: target)
            #expect(try await store.settled(again.answer.id).message.text == "Two.")
        }
    }

    @Test("and cannot be begun leaves no answer behind that nobody receives")
    func notBegun() async throws {
        let database = MemoryDatabase()
        let closed = try await ChatStore.withStore(database) { $0 }
        let provider = Answering()
        let conversation = closed.create()
        await #expect(throws: LAIError.self) {
            try await closed.send(.user("A?"), in: conversation, to: .init(provider: provider, model: "m"))
        }
        #expect(database.runningStreams().isEmpty)
        #expect(database.messages(in: conversation.id).map(\.status) == [.failed, .failed])
        try await ChatStore.withStore(database) { store in
            let question = try #require(database.messages(in: conversation.id).first)
            let again = try await store.retry(question.id, with: .init(provider: provider, model: "m"))
            #expect(try await store.settled(again.answer.id).status == .sent)
        }
    }
}
