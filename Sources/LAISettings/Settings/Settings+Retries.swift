extension Settings {
    /// How to try again before anything was delivered, from the table `retries`.
    public struct Retries: Sendable, Equatable {
        /// How many tries may follow the first one; zero is none.
        public var max: Int?
        /// How long all tries and the waits between them may take together.
        public var budget: Duration?

        public init(max: Int? = nil, budget: Duration? = nil) {
            self.max = max
            self.budget = budget
        }
    }
}
