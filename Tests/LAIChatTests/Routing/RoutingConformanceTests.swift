import LAIChat
import LAICore
import LAIProviders
import LAITesting
import Testing

/// A router as a provider: the model's name is what it routes.
private struct Routing: Provider {
    let router: HybridRouter
    let id = "mock"

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        do { return try router.provider(named: request.model).stream(request, options: options) } catch {
            let error = error as! LAIError
            return ChatStream { Failed(error) }
        }
    }

    func models() async throws -> [ModelInfo] { try await router.provider(named: "auto").models() }
    func countTokens(_ request: ChatRequest) async throws -> Int? { try await router.provider(named: "mock/lorem").countTokens(request) }

    private final class Failed: EventSource {
        let error: LAIError
        init(_ error: LAIError) { self.error = error }
        func next() -> [StreamEvent]? { [.end(StreamEnd(.failed, error: error))] }
        func cancel() {}
    }
}

/// The mock, as if it were a server of this machine.
private struct Here: Provider {
    let mock = MockProvider()
    var id: String { "here" }
    var isOnThisMachine: Bool { true }
    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream { mock.stream(request, options: options) }
    func models() async throws -> [ModelInfo] { try await mock.models() }
}

@Suite("A router keeps the promises of a provider", .timeLimit(.minutes(2)))
struct RoutingConformanceTests {
    private func check(_ model: String, isDeterministic: Bool = true, _ configure: (inout RoutingConfiguration) -> Void) async throws {
        var configuration = RoutingConfiguration()
        configuration.retries = .none
        configure(&configuration)
        let router = HybridRouter(configuration: configuration) { id in id == "here" ? Here() as any Provider : MockProvider() }
        try await ProviderConformance.check(Routing(router: router), model: model) {
            $0.unknownModel = "mock/nonsense"
            $0.longModel = "mock/stall-between"
            $0.echoModel = "mock/echo"
            $0.mayFail = model == "fails"
            $0.isDeterministic = isDeterministic
        }
    }

    @Test("with one model, with a stand-in, and with nobody who answers", arguments: ["mock/lorem", "stands-in", "fails", "auto"])
    func fallback(model: String) async throws {
        try await check(model) {
            $0.aliases = ["stands-in": "mock/refused", "fails": "mock/html"]
            // The last one has its own retries, which take their time.
            $0.fallbacks = ["stands-in": ["mock/http-401", "mock/lorem"], "fails": ["mock/dns", "mock/http-401"]]
            $0.auto = [RouteCandidate(provider: "mock", model: "lorem")]
        }
    }

    @Test("in a race")
    func race() async throws {
        try await check("auto") {
            $0.race = true
            $0.auto = ["mock", "here"].map { RouteCandidate(provider: $0, model: "lorem") }
        }
    }

    @Test("with a continuation", arguments: [RoutingConfiguration.Continuation.same, .any])
    func continuation(setting: RoutingConfiguration.Continuation) async throws {
        // One that breaks off each time is passed over for a while: whether it is asked depends on those before.
        try await check("fails", isDeterministic: false) {
            $0.continuation = setting
            $0.aliases = ["fails": "mock/truncated"]
            $0.fallbacks = ["fails": ["mock/lorem"]]
        }
    }
}
