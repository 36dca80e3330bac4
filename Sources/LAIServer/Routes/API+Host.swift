internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import NIOCore

extension API {
    func addHost(to api: RouterGroup<ServerContext>) {
        api.get { _, _ in Response.json(["name": "LAI", "version": .string(host.version)]) }
        api.get("openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
        }
        api.get("models") { _, _ in Response.json(["models": .array(await host.models().map(\.json))]) }
        api.get("providers") { _, _ in Response.json(["providers": .array(await host.providers().map(\.json))]) }
        api.post("providers/:id/test") { _, context in
            Response.json(["models": .array(try await host.test(provider: try provider(context)).map { .string($0) })])
        }
        api.put("providers/:id/key") { request, context in
            let body = try await request.object(upTo: configuration.bodyLimit)
            try body.allowOnly("key")
            guard let key = try body.optionalText("key"), !key.isEmpty else { throw Problem.badRequest("“key” must be the provider's key.") }
            try await host.setKey(key, of: try provider(context))
            return Response.noContent
        }
        api.delete("providers/:id/key") { _, context in
            try await host.setKey(nil, of: try provider(context))
            return Response.noContent
        }
        api.get("settings") { _, _ in Response.json(try await host.settings()) }
        api.patch("settings") { request, _ in
            Response.json(try await host.change(settings: try await request.object(upTo: configuration.bodyLimit)))
        }
        api.post("route") { request, _ in
            let body = try await request.object(upTo: configuration.bodyLimit)
            try body.allowOnly("text", "parts", "model", "local_only")
            let name = try body.optionalText("model")
            let plan = try await host.route(of: API.message(body).parts, named: name, isLocalOnly: body.optionalFlag("local_only"))
            return Response.json(plan.json)
        }
        api.post("local-model") { request, _ in setUpLocalModel(request) }
    }

    private func provider(_ context: ServerContext) throws -> String {
        guard let id = context.parameters.get("id") else { throw Problem.notFound("There is no such provider.") }
        return id
    }

    /// Its answer is an event stream that tells how far it is.
    private func setUpLocalModel(_ request: Request) -> Response {
        events.response(to: request) { mailbox in
            let (steps, source) = AsyncStream<(String, Double?)>.makeStream(bufferingPolicy: .bufferingNewest(1))
            async let work: Void = {
                defer { source.finish() }
                try await host.setUpLocalModel { source.yield(($0, $1)) }
            }()
            for await (text, share) in steps {
                await mailbox.put(EventFrame(event: "progress", data: ["text": .string(text), "share": .optional(share)]).buffer)
            }
            try await work
            await mailbox.put(EventFrame(event: "done", data: [:]).buffer)
        }
    }
}

extension ModelListing {
    var json: JSONValue {
        [
            "name": .string(name), "provider": .string(provider), "local": .bool(isLocal), "reachable": .bool(isReachable),
            "note": .optional(note),
        ]
    }
}

extension ProviderListing {
    var json: JSONValue {
        [
            "id": .string(id), "local": .bool(isLocal), "key_source": .optional(keySource), "needs_key": .bool(needsKey),
            "base_url": .optional(baseURL), "problem": .optional(problem),
        ]
    }
}
