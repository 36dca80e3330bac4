internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming

/// What the routes share.
struct API: Sendable {
    let configuration: ServerConfiguration
    let host: any ServerHost
    let stores: Stores
    let changes: ChangeHub
    let temporaryChanges: ChangeHub
    let lifetime: ServerLifetime
    let counters = RequestCounters()
    let connections: ServedConnections

    init(configuration: ServerConfiguration, host: any ServerHost, stores: Stores, lifetime: ServerLifetime) {
        self.configuration = configuration
        self.host = host
        self.stores = stores
        self.lifetime = lifetime
        connections = ServedConnections(limit: configuration.connections)
        changes = ChangeHub(database: stores.kept.database, interval: configuration.changeInterval, hasCursor: true)
        temporaryChanges = ChangeHub(database: stores.temporary.database, interval: configuration.changeInterval, hasCursor: false)
    }

    var events: EventStream { EventStream(configuration: configuration, lifetime: lifetime) }

    /// - Throws: ``Problem`` once the server is to end: what would begin now would be cut off at once.
    func checkOpen() throws {
        if lifetime.isEnding {
            var problem = Problem(.serviceUnavailable, "shutting_down", "The server is ending: send it again when it is back.")
            problem.headers[.retryAfter] = "2"
            throw problem
        }
    }

    func addRoutes(to router: Router<ServerContext>) {
        let api = router.group("lai/v1")
        addConversations(to: api)
        addMessages(to: api)
        addStreams(to: api)
        addSearch(to: api)
        addHost(to: api)
        addData(to: api)
        addStatus(to: router)
        addPages(to: router)
    }
}

/// The conversations that are kept, and those that leave no trace.
struct Stores: Sendable {
    let kept: ChatStore
    let temporary: ChatStore

    func of(_ conversation: ConversationID) async throws -> (ChatStore, Conversation) {
        if let found = try await temporary.database.conversation(conversation) { return (temporary, found) }
        if let found = try await kept.database.conversation(conversation) { return (kept, found) }
        throw Problem.notFound("There is no conversation \(conversation).")
    }

    func of(_ message: MessageID) async throws -> (ChatStore, StoredMessage) {
        if let found = try await temporary.database.message(message) { return (temporary, found) }
        if let found = try await kept.database.message(message) { return (kept, found) }
        throw Problem.notFound("There is no message \(message).")
    }

    func isTemporary(_ store: ChatStore) -> Bool { store === temporary }
}
