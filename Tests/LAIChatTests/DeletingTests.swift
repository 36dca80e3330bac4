import Foundation
import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import LAITesting
import Testing

@Suite("Answers that are being received", .timeLimit(.minutes(1)))
struct DeletingTests {
    private static let stalling = ChatStore.Target(provider: Stalling(), model: "m")

    @Test("are stopped before their conversation is removed for good, and what queues behind them is not sent")
    func purged() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let exchange = try await store.send(.user("A?"), in: store.create(), to: Self.stalling)
            let id = exchange.question.conversation
            let provider = Answering()
            let conversation = try #require(try await store.database.conversation(id))
            let queued = try await store.send(.user("B?"), in: conversation, to: .init(provider: provider, model: "m"))
            try await store.purge(id)
            #expect(exchange.session?.end?.reason == .stopped)
            #expect(queued.session?.end?.reason == .stopped)
            #expect(provider.asked.isEmpty)
            #expect(try await store.database.conversation(id) == nil)
        }
    }

    @Test("are stopped when it is deleted, and what came stays")
    func deleted() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let exchange = try await store.send(.user("A?"), in: store.create(), to: Self.stalling)
            try await store.delete(exchange.question.conversation)
            #expect(try await store.settled(exchange.answer.id).status == .stopped)
            try await store.restore(exchange.question.conversation)
            #expect(try await store.database.conversation(exchange.question.conversation)?.deleted == nil)
        }
    }

    @Test("are stopped in another process too, before a message of theirs is removed")
    func otherProcess() async throws {
        let folder = NSTemporaryDirectory() + "/lai-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (mine, theirs) = (try SQLiteDatabase(path: folder + "/lai.db"), try SQLiteDatabase(path: folder + "/lai.db"))
        try await ChatStore.withStore(theirs) { other in
            let exchange = try await other.send(.user("A?"), in: other.create(), to: Self.stalling)
            try await ChatStore.withStore(mine) { store in
                let count = try await store.remove(exchange.question.id)
                let left = try await store.database.messages(in: exchange.question.conversation)
                #expect(count == 2 && left.isEmpty)
                #expect(exchange.session?.end?.reason == .stopped)
            }
        }
    }
}
