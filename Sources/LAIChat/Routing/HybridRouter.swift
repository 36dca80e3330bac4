public import LAICore

/// Makes of a name — `auto`, an alias, or `provider/model` — a provider that asks the model that is best for each
/// request, and the next one when it fails before its first token.
///
/// ```swift
/// let router = HybridRouter(configuration: configuration) { try factory.provider($0) }
/// let provider = try router.provider(named: "auto", under: RouteConstraints(isLocalOnly: true))
/// let stream = provider.stream(ChatRequest(model: "auto", "What is a monad?"))
/// ```
///
/// What a conversation forbids goes before everything else: where nothing may leave this machine, a provider elsewhere
/// is neither asked nor probed. Then come the rules, what the request needs, health, and the order that is preferred.
/// The router remembers, in memory, who answers, who fails, and how soon first tokens come; requests share that and
/// nothing else. With an ``AilmentFile`` programs that run for one question each know of the others' failures.
public final class HybridRouter: Sendable {
    /// The name that leaves the choice to the router.
    public static let auto = "auto"

    public let configuration: RoutingConfiguration
    let clock: any RouterClock
    let health: ProviderHealth
    let availability: Availability
    let makeProvider: @Sendable (String) throws -> any Provider

    /// - Parameters:
    ///   - ailments: where failures are noted for other processes; nil for nowhere.
    ///   - makeProvider: makes the provider of an id, without any contact. What it throws is why its models are passed over.
    public init(
        configuration: RoutingConfiguration = RoutingConfiguration(), clock: any RouterClock = SystemRouterClock(),
        ailments: AilmentFile? = nil, makeProvider: @escaping @Sendable (String) throws -> any Provider
    ) {
        self.configuration = configuration
        self.clock = clock
        self.makeProvider = makeProvider
        health = ProviderHealth(configuration.breaker, clock, ailments)
        availability = Availability(age: configuration.probeAge, limit: configuration.probeLimit, clock: clock)
    }

    /// A provider that routes each request by this name. There is no contact before a stream of it is read.
    /// - Throws: ``LAIError``: `configuration` for a name that is none; the first candidate's own error where none can
    ///   be asked; `permission` where all are elsewhere and nothing may leave this machine.
    public func provider(named name: String, under constraints: RouteConstraints = RouteConstraints()) throws -> RoutedProvider {
        var legs: [RouteLeg] = []
        var first: LAIError?
        for candidate in try lists(for: name).flatMap(\.candidates) {
            do { legs.append(try leg(candidate, constraints)) } catch { first = first ?? error }
        }
        if legs.isEmpty { throw first ?? HybridRouter.nobody }
        return RoutedProvider(router: self, name: name, constraints: constraints, legs: legs)
    }

    /// Whom a request would go to by what is known, and why. Nobody is asked and nobody is probed.
    /// - Throws: as ``provider(named:under:)``, and where no model can take the request.
    public func plan(
        for request: ChatRequest, named name: String, under constraints: RouteConstraints = RouteConstraints()
    ) throws -> RoutePlan {
        try route(RouteNeeds(request), name, constraints).plan
    }

    /// The same after a look at who answers: all candidates at once, and never one that the constraints forbid.
    public func probedPlan(
        for request: ChatRequest, named name: String, under constraints: RouteConstraints = RouteConstraints()
    ) async throws -> RoutePlan {
        let needs = RouteNeeds(request)
        let legs = try route(needs, name, constraints).legs
        try await withThrowingTaskGroup(of: Void.self) { group in
            for leg in Dictionary(grouping: legs, by: { $0.provider.id }).values.compactMap(\.first) {
                group.addTask { _ = try await self.availability.probe(leg.provider) }
            }
            try await group.waitForAll()
        }
        return try route(needs, name, constraints).plan
    }

    /// Takes in how long a model's first token took, as a receipt tells.
    public func learn(provider: String, model: String, firstToken: Duration) {
        health.measure(RouteCandidate(provider: provider, model: model).name, firstToken)
    }

    static let nobody = LAIError(.configuration, "There is no model to ask: the list of candidates is empty.")
}

/// A model that can be asked: its choice, and the provider whose place was checked.
struct RouteLeg: Sendable {
    var choice: RoutePlan.Choice
    let provider: any Provider
    /// Whether its provider was probed, or needs no probe any more.
    var isSettled = false

    var name: String { choice.name }
}
