@testable import LAIChat
import LAICore
import LAIStorage
import LAIStreaming
import Testing

@Suite("Titles by a model", .timeLimit(.minutes(1)))
struct TitleTests {
    private func conversation(_ store: ChatStore, isLocalOnly: Bool = false) async throws -> ConversationID {
        let provider = Answering(Answering.text("Rayleigh scattering."), isOnThisMachine: true)
        let exchange = try await store.send(
            .user("Tell me: why is the sky blue?"), in: store.create(isLocalOnly: isLocalOnly), to: .init(provider: provider, model: "m"))
        try await store.settled(exchange.answer.id)
        return exchange.question.conversation
    }

    @Test("are made once, from what was said first")
    func once() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let id = try await conversation(store)
            let namer = Answering(Answering.text("\"Why the sky is blue\"."), Answering.text("Another"))
            let target = ChatStore.Target(provider: namer, model: "small")
            #expect(try await store.makeTitle(for: id, with: target) == "Why the sky is blue")
            let named = try #require(try await store.database.conversation(id))
            #expect(named.title == "Why the sky is blue")
            #expect(named.titleSource == .model)
            #expect(try await store.makeTitle(for: id, with: target) == nil)
            #expect(namer.asked.count == 1)
            #expect(namer.asked[0][0].contains("sky blue?") && namer.asked[0][0].contains("Rayleigh"))
            #expect(try await store.database.messages(in: id).count == 2, "nothing of the request is kept")
        }
    }

    @Test("never go over a name that a person gave, also one given in between")
    func never() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let id = try await conversation(store)
            let provider = Renaming(store: store, conversation: id)
            #expect(try await store.makeTitle(for: id, with: .init(provider: provider, model: "m")) == nil)
            #expect(try await store.database.conversation(id)?.title == "Mine")
        }
    }

    @Test("do not leave this machine for a conversation that may not")
    func localOnly() async throws {
        try await ChatStore.withStore(MemoryDatabase()) { store in
            let id = try await conversation(store, isLocalOnly: true)
            let remote = Answering()
            let error = await #expect(throws: LAIError.self) { try await store.makeTitle(for: id, with: .init(provider: remote, model: "m")) }
            #expect(error?.code == .permission)
            #expect(remote.asked.isEmpty)
        }
    }

    @Test("are taken out of what models write", arguments: [
        ("Blue sky", "Blue sky"), ("\n\n**Blue sky**\n\nBecause", "Blue sky"), ("Title: “Blue sky”", "Blue sky"),
        ("# Blue sky", "Blue sky"), ("青い空", "青い空"), ("Version 1.5 of Swift.", "Version 1.5 of Swift."), ("", nil), ("\"\"", nil),
        ("…", nil), (String(repeating: "word ", count: 40), nil),
    ] as [(String, String?)])
    func cleaned(text: String, title: String?) { #expect(ChatTitle.cleaned(text) == title) }
}

/// Gives the conversation a person's name while it answers.
private struct Renaming: Provider {
    let id = "renaming"
    let store: ChatStore
    let conversation: ConversationID

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        .deferred {
            try await store.rename(conversation, to: "Mine")
            return Answering(Answering.text("A model's name")).stream(request)
        }
    }

    func models() -> [ModelInfo] { [] }
}
