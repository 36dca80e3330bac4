/// A port on which nobody listens.
public enum RefusedPort {
    /// Runs `body` with a port of 127.0.0.1 that refuses connections.
    ///
    /// The port is held for the length of the scope, so that nobody else can begin to listen on it.
    public static func withPort<Result>(
        _ body: nonisolated(nonsending) (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let socket = try LoopbackSocket()
        let port = try socket.bind()
        return try await body(port)
    }
}
