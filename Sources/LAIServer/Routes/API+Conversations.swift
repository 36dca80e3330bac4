internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming

extension API {
    func addConversations(to api: RouterGroup<ServerContext>) {
        let group = api.group("conversations")
        group.get { request, _ in try await list(request) }
        group.post { request, _ in try await create(request) }
        group.get(":id") { _, context in
            let (store, conversation) = try await stores.of(context.id() as ConversationID)
            return Response.json(conversation.json(isTemporary: stores.isTemporary(store), isRunning: try await isRunning(conversation.id, store)))
        }
        group.patch(":id") { request, context in try await change(context.id(), request) }
        group.delete(":id") { request, context in try await delete(context.id(), request) }
        group.post(":id/fork") { request, context in try await fork(context.id(), request) }
        group.post(":id/title") { _, context in try await title(context.id()) }
    }

    private func isRunning(_ id: ConversationID, _ store: ChatStore) async throws -> Bool {
        try await store.database.runningStreams().contains { $0.conversation == id }
    }

    private func list(_ request: Request) async throws -> Response {
        var filter = ConversationFilter()
        filter.isArchived = try request.flag("archived") ?? false
        filter.isDeleted = try request.flag("deleted") ?? false
        if filter.isDeleted { filter.isArchived = nil }
        filter.tag = request.text("tag")
        filter.limit = try request.number("limit", in: 1...1000) ?? 100
        filter.offset = try request.number("offset", in: 0...Int(Int32.max)) ?? 0
        let running = Set(try await stores.kept.database.runningStreams().map(\.conversation))
        let found = try await stores.kept.database.conversations(filter)
        return Response.json(["conversations": .array(found.map { $0.json(isRunning: running.contains($0.id)) })])
    }

    private func create(_ request: Request) async throws -> Response {
        try checkOpen()
        let body = try await request.object(upTo: configuration.bodyLimit)
        try body.allowOnly("title", "system", "model", "local_only", "temporary", "tags", "parameters")
        var conversation = stores.kept.create(
            title: try body.optionalText("title") ?? "", system: try body.optionalText("system"),
            isLocalOnly: try body.optionalFlag("local_only") ?? false)
        conversation.model = try body.optionalText("model")
        if let tags = body["tags"] { conversation.tags = try API.tags(tags) }
        conversation.parameters = try API.parameters(body)
        let isTemporary = try body.optionalFlag("temporary") ?? false
        try await (isTemporary ? stores.temporary : stores.kept).database.save(conversation)
        var response = Response.json(conversation.json(isTemporary: isTemporary), status: .created)
        response.headers[.location] = "/lai/v1/conversations/\(conversation.id)"
        return response
    }

    private func change(_ id: ConversationID, _ request: Request) async throws -> Response {
        let body = try await request.object(upTo: configuration.bodyLimit)
        try body.allowOnly("title", "pinned", "archived", "deleted", "tags", "system", "model", "local_only", "parameters")
        let (store, _) = try await stores.of(id)
        let title = try body.optionalText("title")
        let flags = (
            pinned: try body.optionalFlag("pinned"), archived: try body.optionalFlag("archived"), local: try body.optionalFlag("local_only"),
            deleted: try body.optionalFlag("deleted")
        )
        let tags = try body["tags"].map(API.tags)
        let (system, model) = (try body.optionalText("system"), try body.optionalText("model"))
        let parameters = try body["parameters"] == nil ? nil : API.parameters(body)
        let (hasSystem, hasModel) = (body["system"] != nil, body["model"] != nil)
        if flags.deleted == true { try await store.delete(id) }
        let changed = try await store.change(id) {
            if let title, !title.isEmpty {
                $0.title = title
                $0.titleSource = .person
            }
            $0.isPinned = flags.pinned ?? $0.isPinned
            $0.isArchived = flags.archived ?? $0.isArchived
            $0.isLocalOnly = flags.local ?? $0.isLocalOnly
            if flags.deleted == false { $0.deleted = nil }
            if let tags { $0.tags = tags }
            if hasSystem { $0.system = system }
            if hasModel { $0.model = model }
            $0.parameters = parameters ?? $0.parameters
        }
        return Response.json(changed.json(isTemporary: stores.isTemporary(store), isRunning: try await isRunning(id, store)))
    }

    private func delete(_ id: ConversationID, _ request: Request) async throws -> Response {
        let (store, _) = try await stores.of(id)
        if try request.flag("forever") == true {
            try await store.purge(id)
        } else {
            try await store.delete(id)
        }
        return Response.noContent
    }

    private func fork(_ id: ConversationID, _ request: Request) async throws -> Response {
        try checkOpen()
        let body = try await request.object(upTo: configuration.bodyLimit)
        try body.allowOnly("message")
        let (store, conversation) = try await stores.of(id)
        guard let text = try body.optionalText("message") ?? conversation.head?.description, let message = MessageID(text) else {
            throw Problem.badRequest("“message” must be the id of the last message that the new conversation is to have.")
        }
        guard try await store.database.message(message)?.conversation == id else {
            throw LAIError(.invalidRequest, "There is no message \(message) in this conversation: name one of its own, or none for the last that is shown.")
        }
        let new = try await store.fork(at: message)
        return Response.json(new.json(isTemporary: stores.isTemporary(store)), status: .created)
    }

    private func title(_ id: ConversationID) async throws -> Response {
        let (store, conversation) = try await stores.of(id)
        var target = try await host.target(named: conversation.model, isLocalOnly: conversation.isLocalOnly)
        if let cheap = ChatStore.cheapModel(of: target.provider.id) { target.model = cheap }
        let title = try await store.makeTitle(for: id, with: target)
        return Response.json(["title": .optional(title)])
    }

    /// How answers are to be made, as a request says it.
    static func parameters(_ body: JSONValue) throws -> AnswerParameters {
        guard let value = body["parameters"], !value.isNull else { return AnswerParameters() }
        do { return try AnswerParameters(json: value) } catch { throw Problem.badRequest(error.message) }
    }

    private static func tags(_ value: JSONValue) throws -> Set<String> {
        guard let list = value.arrayValue, list.allSatisfy({ $0.stringValue?.isEmpty == false }) else {
            throw Problem.badRequest("“tags” must be a list of words.")
        }
        return Set(list.compactMap(\.stringValue))
    }
}
