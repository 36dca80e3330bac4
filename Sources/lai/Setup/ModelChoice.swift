import LAIChat
import LAICore
import LAILocal
import LAIProviders
import LAISettings

/// Which model answers, or which ones may, and why.
struct ModelChoice {
    var provider: RoutedProvider
    /// The model that is asked first, where that does not depend on the question.
    let first: RoutePlan.Choice?
    /// Why it was taken, when nobody named it.
    let reason: String?

    var providerID: String { provider.id }
    var model: String { provider.model }
    /// For people: the model that is asked first, else what was named.
    var name: String { first?.name ?? provider.name }

    /// Whom to ask, for a chat store.
    var target: ChatStore.Target {
        var target = ChatStore.Target(provider: provider, model: model, route: reason)
        target.named = provider.name
        return target
    }

    /// Chooses: what the command line names, else the configuration, else `auto`.
    /// - Throws: ``LAIError`` where nobody can be asked.
    static func make(
        named name: String?, under constraints: RouteConstraints = RouteConstraints(), in session: Session
    ) async throws -> ModelChoice {
        let name = try complete(name ?? session.settings.defaultModel ?? HybridRouter.auto, in: session)
        let router = try router(in: session, for: name, constraints)
        let provider = try router.provider(named: name, under: constraints)
        guard name == HybridRouter.auto, session.settings.aliases[name] == nil else {
            return ModelChoice(provider: provider, first: provider.candidates[0], reason: nil)
        }
        // Which rule fits, only the question tells.
        guard router.configuration.rules.isEmpty else { return ModelChoice(provider: provider, first: nil, reason: nil) }
        let first = provider.candidates[0].candidate.isConditional ? try await provider.firstChoice() : provider.candidates[0]
        guard let first else { throw constraints.isLocalOnly ? noneHere : none }
        return ModelChoice(provider: provider, first: first, reason: first.reasons.first)
    }

    /// A router by the person's settings; for `auto`, with what is there to be asked.
    static func router(in session: Session, for name: String, _ constraints: RouteConstraints) throws -> HybridRouter {
        var configuration = RoutingConfiguration(session.settings)
        configuration.retries = session.factory.retries
        if name == HybridRouter.auto {
            configuration.auto = try candidates(session, constraints)
            if configuration.auto.isEmpty, configuration.rules.isEmpty { throw constraints.isLocalOnly ? noneHere : none }
        }
        let factory = session.factory
        let ailments = AilmentFile(path: session.paths.state + "/providers.json", isReadOnly: session.isTemporary)
        return HybridRouter(configuration: configuration, ailments: ailments) { try factory.provider($0) }
    }

    /// A name that the router knows: `auto`, an alias, or `provider/model`; a provider alone means its default model.
    static func complete(_ name: String, in session: Session) throws -> String {
        if session.settings.aliases[name] != nil || name == HybridRouter.auto { return name }
        var name = name
        if !name.contains("/") {
            if let model = session.settings.providers[name]?.defaultModel {
                name = "\(name)/\(model)"
            } else if name == "local" {
                name = "local/\(try session.localModel.id)"
            } else if let model = DefaultModels.remote.first(where: { $0.id == name })?.model {
                name = "\(name)/\(model)"
            } else {
                let isProvider = session.factory.ids.contains(name)
                throw LAIError(
                    .configuration,
                    isProvider
                        ? "“\(name)” names a provider but no model: write \(name)/MODEL; `lai models \(name)` lists them."
                        : "“\(name)” is no model: write provider/model, as in openai/gpt-5-mini, or an alias of the configuration.")
            }
        }
        return try session.settings.model(named: name).description
    }

    /// Whom `auto` asks where no rule fits: the configuration's model, then whoever has a key, then a running Ollama,
    /// then the local model.
    private static func candidates(_ session: Session, _ constraints: RouteConstraints) throws -> [RouteCandidate] {
        var candidates: [RouteCandidate] = []
        func add(_ candidate: RouteCandidate) {
            if !candidates.contains(where: { $0.provider == candidate.provider }) { candidates.append(candidate) }
        }
        if let name = session.settings.defaultModel, name != HybridRouter.auto {
            let model = try session.settings.model(named: name)
            add(RouteCandidate(provider: model.provider, model: model.model, reason: "it is the default_model"))
        }
        for (id, model) in DefaultModels.remote {
            do {
                if let candidate = try keyed(id, model, session) { add(candidate) }
            } catch {
                // A key that cannot be read, or cannot be one, is told, not passed over for another provider's model.
                if candidates.isEmpty, !constraints.isLocalOnly { throw error }
            }
        }
        add(RouteCandidate(
            provider: "ollama", model: session.settings.providers["ollama"]?.defaultModel, reason: "Ollama is running", isConditional: true))
        let local = try session.localModel
        if session.localServer.store.isSetUp(local) {
            let hasKey = candidates.contains { !$0.isConditional }
            add(RouteCandidate(
                provider: "local", model: local.id, reason: hasKey ? "it is on this machine" : "no key and no Ollama was found"))
        }
        return candidates
    }

    /// A provider whose key is there.
    private static func keyed(_ id: String, _ model: String, _ session: Session) throws -> RouteCandidate? {
        guard let key = try session.factory.describe(id).key else { return nil }
        _ = try session.factory.provider(id)
        let isFile = session.environment[key.source] == nil
        return RouteCandidate(
            provider: id, model: session.settings.providers[id]?.defaultModel ?? model,
            reason: isFile ? "its key is in \(key.source)" : "\(key.source) is set")
    }

    private static let none = LAIError(
        .configuration,
        "There is no model to ask yet: run `lai local setup` for a small one that needs no key, set a key such as OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama.")

    private static let noneHere = LAIError(
        .configuration, "There is no model on this machine to ask: run `lai local setup` for a small one, or start Ollama.")
}

extension RoutingConfiguration {
    /// What the configuration file says of routing.
    init(_ settings: Settings) {
        self.init()
        let routing = settings.routing
        aliases = settings.aliases
        fallbacks = routing.fallback
        rules = routing.rules.map { rule in
            var fitted = RoutingRule(name: rule.name, use: rule.use)
            fitted.kinds = Set(rule.kinds.compactMap(QuestionKind.init(rawValue:)))
            fitted.longerThan = rule.longerThan
            fitted.hasImages = rule.images
            fitted.hasTools = rule.tools
            fitted.isLocalOnly = rule.localOnly
            return fitted
        }
        models = settings.models.mapValues { ModelFacts(contextLength: $0.context, takesImages: $0.images, takesTools: $0.tools) }
        catalogue = ModelCatalogue(settings)
        if let prefer = routing.prefer { preference = Preference(rawValue: prefer.rawValue) ?? preference }
        if let chosen = routing.continuation { continuation = Continuation(rawValue: chosen.rawValue) ?? continuation }
        race = routing.race ?? race
        maxWait = routing.maxWait ?? maxWait
    }
}

/// The model of each provider that is asked when only its key is known: able, quick and not dear.
enum DefaultModels {
    static let remote: [(id: String, model: String)] = [
        ("anthropic", "claude-sonnet-4-5"),
        ("openai", "gpt-5-mini"),
        ("gemini", "gemini-2.5-flash"),
        ("openrouter", "openrouter/auto"),
        ("groq", "llama-3.3-70b-versatile"),
        ("deepseek", "deepseek-chat"),
        ("mistral", "mistral-small-latest"),
        ("xai", "grok-4-fast"),
        ("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
    ]
}
