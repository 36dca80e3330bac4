extension Settings {
    /// Which model answers what, from the table `routing`.
    public struct Routing: Sendable, Equatable {
        /// How the models of one list are ordered (`prefer`).
        public enum Preference: String, Sendable, Hashable, CaseIterable {
            case order, cost, speed
        }

        /// Who goes on with an answer that breaks off (`continue`).
        public enum Continuation: String, Sendable, Hashable, CaseIterable {
            case off, same, any
        }

        /// The kinds of questions that rules tell apart.
        public static let kinds = ["simple", "chat", "code", "reasoning", "long"]

        /// What `auto` means for some questions, from a table `routing.rules.NAME`. What is nil or empty says nothing.
        public struct Rule: Sendable, Equatable {
            public var name: String
            /// One of ``kinds`` each.
            public var kinds: [String]
            /// Only prompts of more tokens (`longer_than`).
            public var longerThan: Int?
            public var images: Bool?
            public var tools: Bool?
            /// Only conversations that may not leave this machine (`local_only`), or only others.
            public var localOnly: Bool?
            /// The models in the order in which they are tried, as `provider/model` or by alias.
            public var use: [String]

            public init(
                name: String, kinds: [String] = [], longerThan: Int? = nil, images: Bool? = nil, tools: Bool? = nil,
                localOnly: Bool? = nil, use: [String]
            ) {
                self.name = name
                self.kinds = kinds
                self.longerThan = longerThan
                self.images = images
                self.tools = tools
                self.localOnly = localOnly
                self.use = use
            }
        }

        public var prefer: Preference?
        /// `continue`
        public var continuation: Continuation?
        /// Whether a model here and one elsewhere are asked at once.
        public var race: Bool?
        /// Whether new conversations may not leave this machine unless a person says so (`local_only`).
        public var localOnly: Bool?
        /// The longest wait that a provider may ask for while another one could be asked (`max_wait`).
        public var maxWait: Duration?
        /// In the order of the file; the first that fits counts.
        public var rules: [Rule]
        /// Whom to ask when a model, or an alias, fails before its first token.
        public var fallback: [String: [String]]

        public init(
            prefer: Preference? = nil, continuation: Continuation? = nil, race: Bool? = nil, localOnly: Bool? = nil,
            maxWait: Duration? = nil, rules: [Rule] = [], fallback: [String: [String]] = [:]
        ) {
            self.prefer = prefer
            self.continuation = continuation
            self.race = race
            self.localOnly = localOnly
            self.maxWait = maxWait
            self.rules = rules
            self.fallback = fallback
        }
    }
}

extension Settings.Routing {
    /// Takes the values out of a table that holds no mistake.
    /// - Parameter outline: where the rules stand in the text, for their order.
    init(checked table: TOMLNode?, _ outline: TOMLOutline) {
        let rules = (table?["rules"]?.members ?? [:]).sorted {
            outline.keyOffset(of: ["routing", "rules", $0.key]) < outline.keyOffset(of: ["routing", "rules", $1.key])
        }
        self.init(
            prefer: table?["prefer"]?.text.flatMap(Preference.init(rawValue:)),
            continuation: table?["continue"]?.text.flatMap(Continuation.init(rawValue:)),
            race: table?["race"]?.boolean, localOnly: table?["local_only"]?.boolean, maxWait: table?["max_wait"]?.seconds,
            rules: rules.map { Rule(checked: $0.value, name: $0.key) },
            fallback: (table?["fallback"]?.members ?? [:]).mapValues(\.listedTexts))
    }
}

extension Settings.Routing.Rule {
    fileprivate init(checked table: TOMLNode, name: String) {
        self.init(
            name: name, kinds: table["kind"]?.listedTexts ?? [], longerThan: table["longer_than"]?.integer, images: table["images"]?.boolean,
            tools: table["tools"]?.boolean, localOnly: table["local_only"]?.boolean, use: table["use"]?.listedTexts ?? [])
    }
}

extension TOMLNode {
    /// The strings of a list; a string alone is a list of one.
    var listedTexts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let elements): elements.compactMap(\.text)
        default: []
        }
    }
}
