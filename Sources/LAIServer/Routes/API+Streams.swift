internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIDialects
internal import LAIStorage
internal import LAIStreaming

extension API {
    func addStreams(to api: RouterGroup<ServerContext>) {
        api.get("streams") { _, _ in
            let running = try await stores.kept.database.runningStreams() + stores.temporary.database.runningStreams()
            return Response.json(["streams": .array(running.map(\.json))])
        }
        api.get("streams/:id/events") { request, context in try await follow(try await answer(context), request) }
        api.post("streams/:id/stop") { _, context in try await stop(try await answer(context)) }
        api.get("events") { request, _ in try await changes(request) }
    }

    /// The answer that the path means: by its stream, or by its own id.
    private func answer(_ context: ServerContext) async throws -> MessageID {
        let session: SessionID = try context.id()
        for store in [stores.kept, stores.temporary] {
            if let known = store.service.session(session) { return known.message }
            if let running = try await store.database.runningStreams().first(where: { $0.session == session }) { return running.message }
        }
        return try context.id()
    }

    /// Where a reader goes on: what the browser says of itself, else the query.
    private func cursor(_ request: Request) throws -> Int? {
        if let text = request.headers[.init("Last-Event-ID")!], let cursor = Int(text), cursor >= 0 { return cursor }
        return try request.number("after", in: 0...Int(Int32.max))
    }

    private func follow(_ id: MessageID, _ request: Request) async throws -> Response {
        let (store, _) = try await stores.of(id)
        let cursor = try cursor(request)
        // Who has read the end is told to come back no more.
        if cursor == Int(Int32.max) { return Response.noContent }
        let coalescing = try request.number("coalesce", in: 0...10_000).map { Duration.milliseconds($0) }
        switch request.text("view") ?? "events" {
        case "events":
            return events.response(to: request) { mailbox in
                for try await update in AnswerUpdates(of: id, in: store.database, store.service, from: cursor, coalescing: coalescing) {
                    // Who has read the end finds the answer ended wherever it looks.
                    let settled = update.isEnd ? try? await store.settled(id) : nil
                    guard await mailbox.put(EventFrame(update, settled?.receipt).buffer) else { return }
                }
            }
        case "page":
            // What a page shows cannot be taken up in the middle: it begins anew, in one frame.
            return events.response(to: request) { mailbox in try await patches(of: id, in: store, coalescing, to: mailbox) }
        case let other: throw Problem.badRequest("There is no view “\(other)”: “view” is events or page.")
        }
    }

    private func patches(of id: MessageID, in store: ChatStore, _ coalescing: Duration?, to mailbox: Mailbox) async throws {
        var patches = BlockPatches()
        var isFirst = true
        var end: StreamEnd?
        for try await update in AnswerUpdates(of: id, in: store.database, store.service, from: 0, coalescing: coalescing) {
            switch update {
            case .snapshot(let snapshot):
                patches.show(snapshot.message)
                end = snapshot.end
                isFirst = true
            case .events(let events, _):
                for event in events {
                    patches.apply(event)
                    if case .end(let last) = event { end = last }
                }
            }
            defer { isFirst = false }
            let changes = patches.take()
            guard isFirst || changes != nil else { continue }
            guard await mailbox.put(EventFrame(event: isFirst ? "whole" : nil, data: changes ?? []).buffer) else { break }
        }
        guard end != nil else { return }
        let message = try await store.settled(id)
        await mailbox.put(EventFrame(id: Int(Int32.max), event: "end", data: ["status": .string(message.status.rawValue)]).buffer)
    }

    // MARK: Changes

    private func changes(_ request: Request) async throws -> Response {
        let cursor = try cursor(request)
        return events.response(to: request) { mailbox in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await tell(stores.kept, changes, from: cursor, to: mailbox, hasCursor: true) }
                group.addTask { try await tell(stores.temporary, temporaryChanges, from: nil, to: mailbox, hasCursor: false) }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private func tell(_ store: ChatStore, _ hub: ChangeHub, from start: Int?, to mailbox: Mailbox, hasCursor: Bool) async throws {
        var cursor: Int
        if let start { cursor = start } else { cursor = try await store.database.changes(after: nil, limit: 0).cursor }
        if hasCursor { await mailbox.put(EventFrame(id: cursor, event: "hello", data: ["version": .string(host.version)]).buffer) }
        while let news = try await hub.news(after: cursor) {
            cursor = news.cursor
            guard await mailbox.put(news.frame) else { return }
        }
    }
}

extension StreamUpdate {
    fileprivate var isEnd: Bool {
        switch self {
        case .snapshot(let snapshot): return snapshot.end != nil
        case .events(let events, _):
            if case .end? = events.last { return true }
            return false
        }
    }
}

extension EventFrame {
    /// An update of an answer for programs; its end with what the receipt knows of it.
    init(_ update: StreamUpdate, _ receipt: Receipt?) {
        switch update {
        case .snapshot(let snapshot):
            let data: JSONValue = [
                "parts": .array(snapshot.message.parts.map(\.json)), "cursor": .int(snapshot.cursor),
                "end": snapshot.end.map { EndObject(end: $0, receipt).json.withWordsForCodes } ?? .null,
            ]
            self.init(id: snapshot.end == nil ? snapshot.cursor : Int(Int32.max), event: "snapshot", data: data)
        case .events(let events, let cursor):
            let objects = events.map { event in
                switch event {
                case .end(let end): EndObject(end: end, receipt).event.withWordsForCodes
                case .warning: EventObject.json(event)?.withWordsForCodes ?? .null
                default: EventObject.json(event) ?? .null
                }
            }
            self.init(id: update.isEnd ? Int(Int32.max) : cursor, data: .array(objects))
        }
    }
}
