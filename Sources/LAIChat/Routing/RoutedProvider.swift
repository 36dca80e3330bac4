public import LAICore

/// A name that a router knows, as a provider: each request is routed by itself, and its model's name is the router's to
/// say.
public struct RoutedProvider: Provider {
    public let router: HybridRouter
    /// What was named: `auto`, an alias, or `provider/model`.
    public let name: String
    public private(set) var constraints: RouteConstraints
    let legs: [RouteLeg]
    /// Told whom a request goes to, just before it is asked.
    public var onAsking: @Sendable (RoutePlan.Choice) -> Void = { _ in }
    /// Changes the options of a call for the model that is asked.
    public var adjustOptions: @Sendable (RoutePlan.Choice, inout CallOptions) -> Void = { _, _ in }

    init(router: HybridRouter, name: String, constraints: RouteConstraints, legs: [RouteLeg]) {
        self.router = router
        self.name = name
        self.constraints = constraints
        self.legs = legs
    }

    /// All that may be asked, whatever the request is.
    public var candidates: [RoutePlan.Choice] { legs.map(\.choice) }

    /// The provider's id where there is only one, else the name.
    public var id: String { legs.count == 1 ? legs[0].provider.id : name }
    /// The model where there is only one, as its provider has it, else the name.
    public var model: String { legs.count == 1 ? legs[0].choice.candidate.model ?? name : name }

    /// Only where no candidate is elsewhere.
    public var isOnThisMachine: Bool { legs.allSatisfy(\.provider.isOnThisMachine) }

    /// The same, without what is elsewhere.
    /// - Throws: ``LAIError`` with the code `permission` where nothing is left.
    public func staying() throws -> RoutedProvider {
        var constraints = constraints
        constraints.isLocalOnly = true
        var provider = try router.provider(named: name, under: constraints)
        provider.onAsking = onAsking
        provider.adjustOptions = adjustOptions
        return provider
    }

    /// Always: whoever cannot is told to, once it is clear who is asked.
    public func continuesAnswers(of request: ChatRequest) -> Bool { true }

    public func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        // What is claimed of the place holds for every request, also when the world has changed since.
        var constraints = constraints
        if isOnThisMachine { constraints.isLocalOnly = true }
        let route = RoutedSource.Route(
            router: router, name: name, constraints: constraints, request: request, options: options, onAsking: onAsking,
            adjustOptions: adjustOptions)
        return ChatStream(promptBytes: request.promptBytes) { RoutedSource(route) }
    }

    /// The candidates, by `provider/model`.
    public func models() async throws -> [ModelInfo] {
        var names: Set<String> = []
        return legs.filter { $0.choice.candidate.model != nil && names.insert($0.name).inserted }.map { ModelInfo(id: $0.name) }
    }

    /// The only candidate's count; nil where there are several, which count differently.
    public func countTokens(_ request: ChatRequest) async throws -> Int? {
        guard legs.count == 1, let model = legs[0].choice.candidate.model else { return nil }
        var request = request
        request.model = model
        return try await legs[0].provider.countTokens(request)
    }
}
