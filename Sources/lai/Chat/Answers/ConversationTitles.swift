import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming
import Synchronization

/// Has a small model name new conversations, while the person reads or types. A conversation that gets no name so keeps
/// its first words; nobody is bothered with why.
final class ConversationTitles: Sendable {
    private let store: ChatStore
    private let factory: ProviderFactory
    private let wishes: AsyncStream<ConversationID>
    private let wish: AsyncStream<ConversationID>.Continuation
    /// Those that were tried: once each.
    private let tried = Mutex<Set<ConversationID>>([])

    init(store: ChatStore, factory: ProviderFactory) {
        self.store = store
        self.factory = factory
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(8))
    }

    /// Asks for a name. It returns at once.
    func make(for conversation: ConversationID) {
        if tried.withLock({ $0.insert(conversation).inserted }) { wish.yield(conversation) }
    }

    /// Makes names until the task is cancelled.
    func run() async {
        for await id in wishes {
            do {
                guard let head = try await store.database.conversation(id)?.head else { continue }
                let answer = try await store.settled(head)
                // A small model of the provider that answered. Where none is known, nobody is asked: a large one is too
                // dear for it, and a small machine too slow.
                guard let provider = answer.receipt?.provider, let model = ChatStore.cheapModel(of: provider) else { continue }
                let target = ChatStore.Target(provider: try factory.provider(provider), model: model)
                try await store.makeTitle(for: id, with: target)
            } catch {
                // The first words stay its name.
            }
        }
    }
}
