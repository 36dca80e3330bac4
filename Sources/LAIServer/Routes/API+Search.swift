internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage

extension API {
    func addSearch(to api: RouterGroup<ServerContext>) {
        api.get("search") { request, _ in
            let (hits, query) = try await search(request)
            return Response.json(["hits": .array(hits.map(\.json)), "remarks": .array(query.remarks.map { .string($0) })])
        }
        api.get("suggestions") { request, _ in
            let limit = try request.number("limit", in: 1...50) ?? 8
            let found = try await stores.kept.database.suggestions(for: request.text("q") ?? "", limit: limit)
            return Response.json(["suggestions": .array(found.map { .string($0) })])
        }
    }

    func search(_ request: Request) async throws -> ([SearchHit], SearchQuery) {
        let query = SearchQuery(request.text("q") ?? "")
        let limit = try request.number("limit", in: 1...100) ?? 20
        let offset = try request.number("offset", in: 0...10_000) ?? 0
        let hits = query.isEmpty ? [] : try await stores.kept.database.search(query, limit: limit, offset: offset)
        return (hits, query)
    }
}

extension SearchHit {
    var json: JSONValue {
        [
            "conversation": .string(conversation.description), "title": .string(title), "message": .optional(message?.description),
            "role": .optional(role?.rawValue), "model": .optional(model), "created": .int(created.milliseconds),
            "running": .bool(isRunning), "archived": .bool(isArchived),
            "snippet": .array(snippet.pieces.map { ["text": .string(String($0.text)), "highlighted": .bool($0.isHighlighted)] }),
        ]
    }
}
