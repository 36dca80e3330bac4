public import LAICore

/// What a router goes by. It is a value: nothing of it changes while a request runs.
public struct RoutingConfiguration: Sendable {
    /// How the models of one list are ordered.
    public enum Preference: String, Sendable, Hashable, CaseIterable {
        /// As they are written.
        case order
        /// The cheapest first; a model on this machine costs nothing, one without a known price comes last.
        case cost
        /// The one whose first token came soonest of late; one that was never measured comes last.
        case speed
    }

    /// Who goes on when an answer breaks off after its first token.
    public enum Continuation: String, Sendable, Hashable, CaseIterable {
        /// Nobody: a person may let it go on.
        case off
        /// The model that began.
        case same
        /// The model that began, then the others of its list.
        case any
    }

    /// Short names for models, each a `provider/model`.
    public var aliases: [String: String] = [:]
    /// Whom to ask when the model of that name, an alias or `provider/model`, fails before its first token.
    public var fallbacks: [String: [String]] = [:]
    /// What `auto` means for which questions; the first rule that fits counts.
    public var rules: [RoutingRule] = []
    /// Whom `auto` asks where no rule fits, the first one first.
    public var auto: [RouteCandidate] = []
    public var preference = Preference.order
    public var continuation = Continuation.off
    /// Whether the first model on this machine and the first elsewhere are asked at once, and the one that says
    /// something first answers. Both may cost.
    public var race = false
    /// What is known of models that no provider tells, by `provider/model`.
    public var models: [String: ModelFacts] = [:]
    /// The longest `Retry-After` that is waited for while somebody else could be asked.
    public var maxWait: Duration = .seconds(5)
    /// When a model is asked again; while there is another one, once at most.
    public var retries = RetryPolicy()
    /// How long it is believed that a provider answers, or does not.
    public var probeAge: Duration = .seconds(30)
    /// How long a provider has to answer a probe.
    public var probeLimit: Duration = .seconds(2)
    public var breaker = BreakerPolicy()
    /// What models cost and read.
    public var catalogue = ModelCatalogue()

    public init() {}

    var retriesWithOthers: RetryPolicy {
        var policy = retries
        policy.maxRetries = min(policy.maxRetries, 1)
        return policy
    }
}

/// Which models answer which questions.
public struct RoutingRule: Sendable, Hashable {
    public var name: String
    /// The kinds of questions; none means any.
    public var kinds: Set<QuestionKind> = []
    /// Only prompts with more tokens.
    public var longerThan: Int?
    /// Only with pictures, or only without.
    public var hasImages: Bool?
    /// Only with tools, or only without.
    public var hasTools: Bool?
    /// Only in conversations that may not leave this machine, or only in others.
    public var isLocalOnly: Bool?
    /// The models in the order in which they are tried: `provider/model`, or aliases.
    public var use: [String]

    public init(name: String, use: [String]) {
        self.name = name
        self.use = use
    }

    func fits(_ needs: RouteNeeds, _ constraints: RouteConstraints) -> Bool {
        (kinds.isEmpty || kinds.contains(needs.kind))
            && longerThan.map { needs.promptTokens > $0 } ?? true
            && hasImages.map { needs.hasImages == $0 } ?? true
            && hasTools.map { needs.hasTools == $0 } ?? true
            && isLocalOnly.map { constraints.isLocalOnly == $0 } ?? true
    }
}

/// A model that may be asked.
public struct RouteCandidate: Sendable, Hashable {
    public var provider: String
    /// The model as the provider has it; nil takes the first one on offer that can chat.
    public var model: String?
    /// Why it is one, as the end of “asking it, because”.
    public var reason: String?
    /// Whether it is one only while its provider answers.
    public var isConditional = false

    public init(provider: String, model: String?, reason: String? = nil, isConditional: Bool = false) {
        self.provider = provider
        self.model = model
        self.reason = reason
        self.isConditional = isConditional
    }

    /// Reads `provider/model`; nil for what is none.
    public init?(name: String) {
        guard let slash = name.firstIndex(of: "/"), slash != name.startIndex, name.index(after: slash) != name.endIndex else { return nil }
        self.init(provider: String(name[..<slash]), model: String(name[name.index(after: slash)...]))
    }

    public var name: String { "\(provider)/\(model ?? "…")" }
}

/// What must hold whatever the rules say.
public struct RouteConstraints: Sendable, Hashable {
    /// Whether nothing may leave this machine.
    public var isLocalOnly = false
    /// Whether only one model is asked, the first that is there, whatever becomes of it.
    public var isFirstOnly = false

    public init(isLocalOnly: Bool = false, isFirstOnly: Bool = false) {
        self.isLocalOnly = isLocalOnly
        self.isFirstOnly = isFirstOnly
    }
}
