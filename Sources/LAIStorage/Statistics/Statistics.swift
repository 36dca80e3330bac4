public import LAICore

/// What a store holds, in figures. Deleted conversations count until they are removed for good: what they cost was spent.
public struct Statistics: Sendable, Hashable {
    /// The answers of one model, of one day or month, or all of them.
    public struct Answers: Sendable, Hashable {
        /// How many there are; those that failed, broke off or were stopped are among them.
        public var count = 0
        public var failed = 0
        public var interrupted = 0
        public var stopped = 0
        public var inputTokens = 0
        public var outputTokens = 0
        /// How many of the tokens are no provider's count, but an estimate.
        public var estimatedTokens = 0
        /// In US dollars, of those answers whose price is known; nil when none is.
        public var cost: Double?
        /// How many answers the cost is of.
        public var priced = 0
        public var medianFirstToken: Duration?
        public var medianTokensPerSecond: Double?
    }

    public struct Model: Sendable, Hashable {
        /// Who answered; nil for answers that were imported.
        public var provider: String?
        /// The model that answered, or else that was asked; nil where it is not known.
        public var model: String?
        public var answers: Answers
    }

    public struct Period: Sendable, Hashable {
        /// `2026-05` or `2026-05-31`, in the machine's time zone.
        public var name: String
        public var questions: Int
        public var answers: Answers
    }

    public var conversations = 0
    /// Those of the conversations that are archived.
    public var archived = 0
    /// Those that were deleted and can be brought back; not among the conversations.
    public var deleted = 0
    /// Messages of every kind.
    public var messages = 0
    public var questions = 0
    public var answers = Answers()
    /// The busiest first.
    public var models: [Model] = []
    /// The earliest first; empty when none were asked for.
    public var periods: [Period] = []
    public var runningStreams = 0
    /// What the store takes on the disk, its log included, without the space that is kept for running answers; 0 in memory.
    public var bytes = 0

    public init() {}
}

/// Which messages are counted, and how.
public struct StatisticsFilter: Sendable {
    public enum Period: String, Sendable, Hashable, CaseIterable { case day, month }

    /// Only messages that were made from then on.
    public var since: Timestamp?
    /// Groups by day or month too.
    public var period: Period?

    public init(since: Timestamp? = nil, by period: Period? = nil) {
        self.since = since
        self.period = period
    }
}
