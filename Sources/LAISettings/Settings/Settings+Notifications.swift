extension Settings {
    /// Notifications on the desktop, from the table `notifications`.
    public struct Notifications: Sendable, Equatable {
        /// Whether an answer that took long is told when it is there (`enabled`).
        public var isEnabled: Bool?
        /// How long an answer must have taken (`after`).
        public var after: Duration?

        public init(isEnabled: Bool? = nil, after: Duration? = nil) {
            self.isEnabled = isEnabled
            self.after = after
        }
    }
}
