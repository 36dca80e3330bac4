import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage

/// A host with one provider, which answers as the test says.
struct TestHost: ServerHost {
    var provider: any Provider = MockProvider()

    var version: String { "test" }
    var makesTitles: Bool { get async { false } }

    func target(named name: String?, isLocalOnly: Bool) async throws -> ChatStore.Target {
        if name == "nobody" { throw LAIError(.configuration, "“nobody” is no model.") }
        return ChatStore.Target(provider: provider, model: name ?? "echo")
    }

    func models() async -> [ModelListing] { [ModelListing(name: "mock/echo", provider: "mock", isLocal: true)] }
    func providers() async -> [ProviderListing] { [ProviderListing(id: "mock", isLocal: true, needsKey: false)] }

    func test(provider: String) async throws -> [String] {
        if provider != "mock" { throw LAIError(.notFound, "There is no provider “\(provider)”.") }
        return ["echo"]
    }

    func settings() async throws -> JSONValue { ["titles": "words"] }
    func change(settings: JSONValue) async throws -> JSONValue { settings }

    func route(of parts: [Part], named name: String?, isLocalOnly: Bool?) async throws -> RoutePlan {
        var configuration = RoutingConfiguration()
        configuration.auto = [RouteCandidate(provider: "mock", model: "echo", reason: "it is the only one")]
        let provider = provider
        let router = HybridRouter(configuration: configuration) { _ in provider }
        let name = name ?? HybridRouter.auto
        let constraints = RouteConstraints(isLocalOnly: isLocalOnly ?? false)
        return try router.plan(for: ChatRequest(model: name, messages: [Message(role: .user, parts: parts)]), named: name, under: constraints)
    }

    func setKey(_ key: String?, of provider: String) async throws {}
    func takeConversations(inFile path: String) async throws -> ImportReport { ImportReport() }
    func backUp() async throws -> String { "/copy" }
    func setUpLocalModel(progress: @escaping @Sendable (String, Double?) -> Void) async throws { progress("Fetching.", 0.5) }
}
