internal import Hummingbird
internal import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming
internal import NIOCore

/// What the page loads when it is wanted.
extension API {
    func addFragments(to page: RouterGroup<ServerContext>) {
        page.get("messages/:id/receipt") { _, context in
            let (_, message) = try await stores.of(context.id() as MessageID)
            return Response.html(DialogHTML.receipt(message))
        }
        page.get("messages/:id/text") { _, context in
            let (_, message) = try await stores.of(context.id() as MessageID)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: MessageHTML.written(message.message))))
        }
        page.get("messages/:id/edit") { _, context in
            let (_, message) = try await stores.of(context.id() as MessageID)
            return Response.html(DialogHTML.edit(message))
        }
        page.get("conversations/:id/menu") { _, context in
            let (store, conversation) = try await stores.of(context.id() as ConversationID)
            return Response.html(DialogHTML.menu(conversation, isTemporary: stores.isTemporary(store)))
        }
        page.get("conversations/:id/options") { _, context in
            let (_, conversation) = try await stores.of(context.id() as ConversationID)
            return Response.html(DialogHTML.options(conversation))
        }
        page.get("options") { _, _ in Response.html(DialogHTML.options(nil)) }
        page.get("help") { _, _ in Response.html(DialogHTML.help) }
        page.get("models") { _, _ in Response.html(DialogHTML.models(await host.models(), chosen: nil)) }
        page.get("providers") { _, _ in Response.html(SettingsPage.providers(await host.providers())) }
        page.get("route") { request, _ in
            guard let text = request.text("text"), !text.isEmpty else { throw Problem.badRequest("Write a question first.") }
            return Response.html(RoutingSection.plan(try await host.route(of: [.text(text)], named: nil, isLocalOnly: nil)))
        }
        page.get("guide") { _, _ in
            let model = try? await host.settings()["default_model"]?.stringValue
            async let models = host.models()
            async let providers = host.providers()
            return Response.html(await SettingsPage.guide(models, providers, defaultModel: model))
        }
    }

    func settingsPage(_ request: Request) async throws -> Response {
        var shell = try await shell(request)
        shell.title = "Settings"
        return Response.html(shell.html(SettingsPage.main(try await host.settings(), theme: shell.theme, version: host.version)))
    }
}
