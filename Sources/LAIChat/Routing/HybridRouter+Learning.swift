internal import LAICore
public import LAIStorage

extension HybridRouter {
    /// Takes in how soon first tokens came in the conversations of late, as the answers' receipts tell.
    /// - Parameter conversations: how many conversations are read, the newest ones.
    public func learn(from database: any ChatDatabase, conversations: Int = 20) async throws {
        var filter = ConversationFilter()
        filter.limit = conversations
        // The oldest first: the newest measurement counts most.
        for conversation in try await database.conversations(filter).reversed() {
            guard let head = conversation.head else { continue }
            for message in try await database.branch(endingWith: head, limit: 20) {
                guard let receipt = message.receipt, let provider = receipt.provider, let model = receipt.modelAsked,
                    let firstToken = receipt.firstToken
                else { continue }
                learn(provider: provider, model: model, firstToken: firstToken)
            }
        }
    }
}

extension RoutedProvider {
    /// The model that is asked first, as far as the question does not matter; one that has to be found is looked for.
    /// Nil where none is there.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func firstChoice() async throws -> RoutePlan.Choice? {
        for leg in legs {
            if case .ready(let leg) = try await router.settle(leg, RouteNeeds(.init(model: "", "")), hasOthers: true) { return leg.choice }
        }
        return nil
    }
}
