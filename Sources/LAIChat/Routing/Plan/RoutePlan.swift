/// Whom a request goes to, and why: a record for people, of which nothing was asked yet.
public struct RoutePlan: Sendable, Hashable {
    /// A model that is to be asked.
    public struct Choice: Sendable, Hashable {
        public var candidate: RouteCandidate
        public var isOnThisMachine: Bool
        /// Why it stands where it stands, each the end of a sentence.
        public var reasons: [String] = []
        /// About what the answer costs, in US dollars; nil where no price is known.
        public var cost: Double?
        /// How long its first token took of late; nil when it was never measured.
        public var firstToken: Duration?
        /// Why it is asked only when nobody else answers; nil when it is well.
        public var ailment: String?

        public var name: String { candidate.name }
    }

    /// A model that is not asked.
    public struct PassedOver: Sendable, Hashable {
        public var name: String
        /// Why, as a sentence without its full stop.
        public var reason: String
        /// Whether a person who named the model, or set it up, would have expected it.
        public var isExpected: Bool
    }

    /// What was named: `auto`, an alias, or `provider/model`.
    public var named: String
    public var needs: RouteNeeds
    public var constraints: RouteConstraints
    /// The rule that fits, where one does.
    public var rule: String?
    /// In the order in which they are asked.
    public var choices: [Choice] = []
    public var passedOver: [PassedOver] = []
    /// Whether the first two are asked at once.
    public var isRace = false
}
