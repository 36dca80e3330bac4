public import LAICore

extension ChatQuirks {
    /// How a server is told how much to reason.
    public enum ReasoningStyle: Sendable, Hashable {
        /// It cannot be told.
        case none
        /// `reasoning_effort`, with the levels that OpenAI's model of that name has.
        case openAI
        /// OpenRouter's `reasoning` object, which takes an effort, a budget or a switch.
        case openRouter
        /// By a rule.
        case rule(ReasoningRule)
    }

    /// `reasoning_effort`, with what a server wants beside it.
    public struct ReasoningRule: Sendable, Hashable {
        /// The levels that the server has, in any order. Others become the nearest one.
        public var levels: [Reasoning.Effort]
        /// Members that switch reasoning on, beside the effort.
        public var on: JSONObject
        /// Members that switch it off; nil where that cannot be done.
        public var off: JSONObject?
        /// The member that takes a budget in tokens; nil where there is none.
        public var budgetField: String?
        /// Whether the effort also goes into `chat_template_kwargs`, from where a model's own template reads it.
        public var usesTemplate: Bool

        /// A rule without a budget, unless a field is named for it.
        public init(
            levels: [Reasoning.Effort], on: JSONObject = JSONObject(), off: JSONObject?, budgetField: String? = nil,
            usesTemplate: Bool = false
        ) {
            self.levels = levels
            self.on = on
            self.off = off
            self.budgetField = budgetField
            self.usesTemplate = usesTemplate
        }

        /// All levels, and `none` to switch it off.
        public static let standard = ReasoningRule(levels: Reasoning.Effort.allCases, off: noEffort)
        static let noEffort = JSONObject([.init(key: "reasoning_effort", value: "none")])
    }
}
