extension Settings {
    /// The local model, from the table `local`.
    public struct Local: Sendable, Equatable {
        /// The model's name, or its file.
        public var model: String?
        /// How long the model stays in memory without work (`idle_minutes`).
        public var idle: Duration?
        /// The context window, in tokens.
        public var context: Int?
        /// How many processor threads it may use.
        public var threads: Int?

        public init(model: String? = nil, idle: Duration? = nil, context: Int? = nil, threads: Int? = nil) {
            self.model = model
            self.idle = idle
            self.context = context
            self.threads = threads
        }
    }
}
