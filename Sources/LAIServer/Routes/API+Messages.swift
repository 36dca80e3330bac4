internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIDialects
internal import LAIStorage
internal import LAIStreaming

extension API {
    func addMessages(to api: RouterGroup<ServerContext>) {
        api.get("conversations/:id/messages") { request, context in try await messages(of: context.id(), request) }
        api.post("conversations/:id/messages") { request, context in try await send(in: context.id(), request) }
        let group = api.group("messages/:id")
        group.get { _, context in
            let (store, message) = try await stores.of(context.id() as MessageID)
            return Response.json(message.json(amongst: try await siblings(of: message, store)))
        }
        group.get("siblings") { _, context in
            let (store, message) = try await stores.of(context.id() as MessageID)
            let ids = try await siblings(of: message, store)
            var messages: [JSONValue] = []
            for id in ids { if let one = try await store.database.message(id) { messages.append(one.json(amongst: ids)) } }
            return Response.json(["messages": .array(messages)])
        }
        group.get("receipt") { _, context in
            let (_, message) = try await stores.of(context.id() as MessageID)
            return Response.json(message.receipt?.json ?? [:])
        }
        group.delete { _, context in
            let (store, message) = try await stores.of(context.id() as MessageID)
            try await store.remove(message.id)
            return Response.noContent
        }
        group.post("choose") { _, context in
            let (store, message) = try await stores.of(context.id() as MessageID)
            try await store.choose(message.id)
            return Response.noContent
        }
        group.post("stop") { _, context in try await stop(context.id()) }
        group.post("retry") { request, context in try await again(context.id(), request) { try await $0.retry($1, with: $2) } }
        group.post("continue") { request, context in try await again(context.id(), request) { try await $0.continueAnswer($1, with: $2) } }
        group.post("regenerate") { request, context in try await again(context.id(), request) { try await $0.regenerate($1, with: $2) } }
        group.post("edit") { request, context in
            let body = try await request.object(upTo: configuration.bodyLimit)
            try body.allowOnly("text", "parts", "keep_files", "model", "parameters")
            var message = try API.message(body)
            if try body.optionalFlag("keep_files") == true {
                let kept = try await stores.of(context.id() as MessageID).1.message.parts.filter(MessageHTML.goesAlong)
                // Pictures, then what was written, then files of text.
                message.parts = kept.filter { if case .text = $0 { false } else { true } } + message.parts
                    + kept.filter { if case .text = $0 { true } else { false } }
            }
            return try await again(context.id(), body) { try await $0.edit($1, to: message, with: $2) }
        }
    }

    private func messages(of id: ConversationID, _ request: Request) async throws -> Response {
        let (store, conversation) = try await stores.of(id)
        if try request.flag("all") == true { return try await list(store.database.messages(in: id), id, store) }
        let limit = try request.number("limit", in: 1...10_000) ?? 100
        let before = try request.text("before").map { text in
            guard let id = MessageID(text) else { throw Problem.badRequest("“before” must be the id of a message.") }
            return id
        }
        var end = conversation.head
        if let before {
            guard let message = try await store.database.message(before), message.conversation == id else {
                throw Problem.notFound("There is no message \(before) in this conversation, as “before” has it.")
            }
            end = message.parent
        }
        guard let end else { return Response.json(["messages": []]) }
        return try await list(store.database.branch(endingWith: end, limit: limit), id, store)
    }

    private func list(_ messages: [StoredMessage], _ id: ConversationID, _ store: ChatStore) async throws -> Response {
        let children = try await store.database.children(of: Set(messages.map(\.parent)), in: id)
        return Response.json(["messages": .array(messages.map { $0.json(amongst: children[$0.parent] ?? []) })])
    }

    private func siblings(of message: StoredMessage, _ store: ChatStore) async throws -> [MessageID] {
        try await store.database.children(of: [message.parent], in: message.conversation)[message.parent] ?? []
    }

    // MARK: Asking

    private func send(in id: ConversationID, _ request: Request) async throws -> Response {
        try checkOpen()
        let body = try await request.object(upTo: configuration.bodyLimit)
        try body.allowOnly("id", "text", "parts", "after", "model", "parameters")
        let message = try API.message(body)
        let (store, conversation) = try await stores.of(id)
        let target = try await target(body, conversation)
        let (id, after) = (try API.messageID(body, "id") ?? MessageID(), try API.messageID(body, "after"))
        // What is kept and what leaves no trace have their ids in common.
        if let (other, _) = try? await stores.of(id), other !== store {
            throw LAIError(.idTaken, "There is another message under the id \(id): give each message an id of its own.")
        }
        let exchange = try await store.send(message, in: conversation, after: after, id: id, to: target)
        remember(try body.optionalText("model"), in: conversation, store)
        return try await accepted(exchange, store)
    }

    private func again(
        _ id: MessageID, _ request: Request, _ ask: (ChatStore, MessageID, ChatStore.Target) async throws -> ChatStore.Exchange
    ) async throws -> Response {
        let body = try await request.object(upTo: configuration.bodyLimit)
        try body.allowOnly("model", "parameters")
        return try await again(id, body, ask)
    }

    private func again(
        _ id: MessageID, _ body: JSONValue, _ ask: (ChatStore, MessageID, ChatStore.Target) async throws -> ChatStore.Exchange
    ) async throws -> Response {
        try checkOpen()
        let (store, message) = try await stores.of(id)
        let (_, conversation) = try await stores.of(message.conversation)
        return try await accepted(try await ask(store, id, try await target(body, conversation)), store)
    }

    private func target(_ body: JSONValue, _ conversation: Conversation) async throws -> ChatStore.Target {
        let parameters = try API.parameters(body)
        var target = try await host.target(named: try body.optionalText("model") ?? conversation.model, isLocalOnly: conversation.isLocalOnly)
        let configure = target.configure
        target.configure = { request in
            configure(&request)
            parameters.apply(to: &request)
        }
        return target
    }

    /// A conversation goes on with the model that was chosen in it.
    private func remember(_ model: String?, in conversation: Conversation, _ store: ChatStore) {
        guard let model, model != conversation.model else { return }
        let id = conversation.id
        Task { try? await store.change(id) { $0.model = model } }
    }

    private func accepted(_ exchange: ChatStore.Exchange, _ store: ChatStore) async throws -> Response {
        if let session = exchange.session { nameLater(exchange.question.conversation, session, store) }
        var stream = exchange.session?.id
        if stream == nil { stream = try await store.database.runningStreams().first { $0.message == exchange.answer.id }?.session }
        return Response.json(
            [
                "question": .string(exchange.question.id.description), "answer": .string(exchange.answer.id.description),
                "stream": .optional(stream?.description),
            ], status: .accepted)
    }

    /// Once the first answer is there, the conversation gets its title.
    private func nameLater(_ id: ConversationID, _ session: StreamSession, _ store: ChatStore) {
        Task {
            guard let conversation = try? await store.database.conversation(id), conversation.titleSource < .model,
                await host.makesTitles
            else { return }
            guard let answer = try? await store.settled(session.message), answer.status == .sent else { return }
            guard var target = try? await host.target(named: conversation.model, isLocalOnly: conversation.isLocalOnly) else { return }
            if let cheap = ChatStore.cheapModel(of: target.provider.id) { target.model = cheap }
            _ = try? await store.makeTitle(for: id, with: target)
        }
    }

    /// Stops an answer. It is answered once the provider's connection is closed and the text is kept.
    func stop(_ id: MessageID) async throws -> Response {
        let (store, message) = try await stores.of(id)
        guard message.message.role == .assistant else { throw LAIError(.invalidRequest, "This is a question: stop its answer.") }
        try await store.stop(message.id)
        let settled = message.status == .streaming ? try await store.settled(message.id) : message
        return Response.json(settled.json(amongst: try await siblings(of: settled, store)))
    }

    // MARK: Reading requests

    private static func messageID(_ body: JSONValue, _ key: String) throws -> MessageID? {
        guard let text = try body.optionalText(key) else { return nil }
        guard let id = MessageID(text) else { throw Problem.badRequest("“\(key)” must be a UUID.") }
        return id
    }

    static func message(_ body: JSONValue) throws -> Message {
        var parts: [Part] = []
        if let list = body["parts"] {
            guard let list = list.arrayValue else { throw Problem.badRequest("“parts” must be a list.") }
            for part in list { parts.append(try Part(question: part)) }
        }
        if let text = try body.optionalText("text"), !text.isEmpty {
            // Behind pictures, and before files of text.
            let place = parts.firstIndex { if case .text = $0 { MessageHTML.goesAlong($0) } else { false } } ?? parts.count
            parts.insert(.text(text), at: place)
        }
        guard !parts.isEmpty else { throw Problem.badRequest("There is nothing to send: give “text” or “parts”.") }
        return Message(role: .user, parts: parts)
    }
}
