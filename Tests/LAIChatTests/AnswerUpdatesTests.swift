import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import LAITesting
import Testing

@Suite("An answer is followed", .timeLimit(.minutes(1)))
struct AnswerUpdatesTests {
    private let database: any ChatDatabase = MemoryDatabase()

    /// What a reader gets: its text, how many snapshots, and how it ends.
    private func read(_ updates: AnswerUpdates) async throws -> (text: String, snapshots: Int, end: StreamEnd?) {
        var (text, snapshots, end) = ("", 0, StreamEnd?.none)
        for try await update in updates {
            switch update {
            case .snapshot(let snapshot):
                (text, snapshots, end) = (snapshot.message.text, snapshots + 1, snapshot.end)
            case .events(let events, _):
                for event in events {
                    if case .delta(_, let piece) = event { text += piece }
                    if case .end(let last) = event { end = last }
                }
            }
        }
        return (text, snapshots, end)
    }

    @Test("in the process that receives it and in another one, from its beginning and from a snapshot", arguments: [true, false], [0, nil])
    func running(isHere: Bool, cursor: Int?) async throws {
        try await ChatStore.withStore(database) { store in
            let gate = Gate()
            let target = ChatStore.Target(provider: Answering(Answering.text("Hello there."), gate: gate), model: "m")
            let answer = try await store.send(.user("Hi"), in: store.create(), to: target).answer.id
            let updates = AnswerUpdates(of: answer, in: database, isHere ? store.service : nil, from: cursor)
            async let reading = read(updates)
            gate.open()
            let (text, _, end) = try await reading
            #expect(text == "Hello there.")
            #expect(end?.reason == .stop)
        }
    }

    @Test("when it ended: in one piece, with what the receipt knows")
    func ended() async throws {
        let answer = try await ChatStore.withStore(database) { store in
            let target = ChatStore.Target(provider: Answering(Answering.text("Hello there.")), model: "m")
            let answer = try await store.send(.user("Hi"), in: store.create(), to: target).answer.id
            return try await store.settled(answer)
        }
        for cursor in [nil, 0, 3] {
            let (text, snapshots, end) = try await read(AnswerUpdates(of: answer.id, in: database, from: cursor))
            #expect(text == "Hello there.")
            #expect(snapshots == 1)
            #expect(end?.reason == .stop)
            #expect(end?.usage == answer.receipt?.usage)
            #expect(end?.attempts == answer.receipt?.attempts)
        }
    }

    @Test("until the process that receives it ends, and then it is interrupted")
    func interrupted() async throws {
        let (updates, text) = try await ChatStore.withStore(database) { store in
            let answer = try await store.send(.user("Hi"), in: store.create(), to: .init(provider: Stalling(), model: "m")).answer.id
            var updates = AnswerUpdates(of: answer, in: database).makeAsyncIterator()
            guard case .snapshot(let snapshot)? = try await updates.next() else { throw LAIError(.interrupted, "There is no snapshot.") }
            #expect(snapshot.end == nil)
            return (updates, snapshot.message.text)
        }
        #expect(text == "")
        var rest = updates
        var end: StreamEnd?
        while let update = try await rest.next() {
            switch update {
            case .snapshot(let snapshot): end = snapshot.end
            case .events(let events, _): if case .end(let last)? = events.last { end = last }
            }
        }
        #expect(end?.reason == .interrupted)
        #expect(end?.error?.code == .interrupted)
    }

    @Test("and one that is not there is an error")
    func gone() async throws {
        let error = await #expect(throws: LAIError.self) { try await read(AnswerUpdates(of: MessageID(), in: database)) }
        #expect(error?.code == .notFound)
    }
}
