/// A port at which connections neither succeed nor fail, as behind a firewall that drops packets.
public enum UnansweredPort {
    /// Runs `body` with a port of 127.0.0.1 at which connecting goes on until the client gives up.
    ///
    /// The port listens with a queue that is full, so the kernel drops what arrives at it.
    public static func withPort<Result>(
        _ body: nonisolated(nonsending) (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let listener = try LoopbackSocket()
        let port = try listener.bind()
        try listener.listenNarrowly()
        return try await fill(port: port, attemptsLeft: 16, body)
    }

    /// Connects until a connection is left unanswered, and holds all of them while `body` runs.
    private static func fill<Result>(
        port: Int, attemptsLeft: Int, _ body: nonisolated(nonsending) (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let filler = try LoopbackSocket()
        if try !filler.connect(port: port) || attemptsLeft == 0 { return try await body(port) }
        return try await fill(port: port, attemptsLeft: attemptsLeft - 1, body)
    }
}
