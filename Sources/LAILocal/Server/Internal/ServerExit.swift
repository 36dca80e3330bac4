/// How a server ended, as its supervisor wrote it down.
struct ServerExit: Codable, Hashable, Sendable {
    enum Reason: String, Codable, Sendable {
        /// Nobody had used it for long enough.
        case idle
        /// Somebody stopped it.
        case stopped
        /// It ended by itself.
        case died
    }

    /// The id of the start.
    var launch: String
    var reason: Reason
    /// What it said last, and how it ended, when it ended by itself.
    var message: String
}
