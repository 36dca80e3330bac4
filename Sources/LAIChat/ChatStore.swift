public import LAICore
public import LAIStorage
public import LAIStreaming

/// A person's conversations: sends, stops, retries, continues, edits, and keeps every word of it.
///
/// Each question and its still empty answer are kept before the request goes out. The answer is recorded as it comes,
/// by a ``LAIStreaming/StreamingService``, and whoever wants to can follow it.
public final class ChatStore: Sendable {
    public let database: any ChatDatabase
    public let service: StreamingService
    /// What models cost, for the receipts.
    public let catalogue: ModelCatalogue

    public init(database: any ChatDatabase, service: StreamingService, catalogue: ModelCatalogue = ModelCatalogue()) {
        self.database = database
        self.service = service
        self.catalogue = catalogue
    }

    /// Runs a store for as long as the body runs. Streams that programs which are gone left behind are recovered first.
    public static func withStore<Result>(
        _ database: any ChatDatabase, configuration: StreamingConfiguration = StreamingConfiguration(),
        catalogue: ModelCatalogue = ModelCatalogue(), _ body: (ChatStore) async throws -> Result
    ) async throws -> Result {
        try await database.recover()
        return try await StreamingService.withService(journal: database, configuration: configuration) { service in
            try await body(ChatStore(database: database, service: service, catalogue: catalogue))
        }
    }

    /// Whom to ask, and how.
    public struct Target: Sendable {
        public var provider: any Provider
        /// The model, as the provider has it.
        public var model: String
        /// What the person named: `auto`, an alias, or provider/model; for the receipt.
        public var named: String?
        /// Which way was taken to it, and why; for the receipt.
        public var route: String?
        /// Adds options to the request: a temperature, tools, a schema.
        public var configure: @Sendable (inout ChatRequest) -> Void = { _ in }
        public var options = CallOptions()
        /// What goes along as context, for the receipt.
        public var context: [String] = []

        public init(provider: any Provider, model: String, route: String? = nil) {
            self.provider = provider
            self.model = model
            self.route = route
        }
    }

    /// A question, and the answer that is being received.
    public struct Exchange: Sendable {
        public var question: StoredMessage
        public var answer: StoredMessage
        /// The stream; nil when the same question was sent before, and its stream is not this process's, or is just being begun.
        public var session: StreamSession?
    }

    /// Refuses to ask in a conversation that is deleted, or may not reach the provider.
    func check(_ conversation: Conversation, _ target: Target) throws {
        if conversation.deleted != nil { throw LAIError.deletedConversation }
        try checkReach(of: conversation, target)
    }

    /// Refuses what a conversation that may not leave this machine must not do.
    func checkReach(of conversation: Conversation, _ target: Target) throws {
        guard conversation.isLocalOnly, !target.provider.isOnThisMachine else { return }
        throw LAIError.leavesMachine(target.provider.id)
    }
}
