import LAIChat
import LAICore
import LAIServer

/// A host of which nothing but its provider is used.
struct PacedHost: ServerHost {
    let provider: PacedProvider

    var version: String { "benchmark" }
    var makesTitles: Bool { get async { false } }
    func target(named name: String?, isLocalOnly: Bool) -> ChatStore.Target { ChatStore.Target(provider: provider, model: "paced") }
    func models() -> [ModelListing] { [] }
    func providers() -> [ProviderListing] { [] }
    func test(provider: String) -> [String] { [] }
    func settings() -> JSONValue { [:] }
    func change(settings: JSONValue) -> JSONValue { [:] }
    func route(of parts: [Part], named name: String?, isLocalOnly: Bool?) throws -> RoutePlan { throw LAIError(.configuration, "Nothing is routed here.") }
    func setKey(_ key: String?, of provider: String) {}
    func takeConversations(inFile path: String) -> ImportReport { ImportReport() }
    func backUp() -> String { "" }
    func setUpLocalModel(progress: @escaping @Sendable (String, Double?) -> Void) {}
}
