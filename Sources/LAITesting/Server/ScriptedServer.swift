/// A server on the loopback interface that plays a provider: what it sends, when, and in which pieces is up
/// to the test.
///
/// ```swift
/// try await ScriptedServer.withServer(answering: .always(.sse("{\"a\":1}", "[DONE]"))) { server in
///     let answer = try await client.get(server.baseURL + "/v1/models")
///     let request = try await server.nextRequest()
///     #expect(request.headers["Authorization"] == "Bearer test")
/// }
/// ```
///
/// The sockets are real, so a client under test needs no seam for it. Several servers can run at once.
public struct ScriptedServer: Sendable {
    /// The free port of 127.0.0.1 on which it listens.
    public let port: Int

    let state: ServerState
    let connections: AcceptedConnections

    /// Runs `body` with a server, and closes the server and all its connections when `body` returns or
    /// throws. A client may see its connection end then, without the end of the response.
    ///
    /// - Parameters:
    ///   - configuration: how it listens.
    ///   - responder: what it answers.
    ///   - body: the test.
    /// - Throws: what `body` throws, or the error of listening.
    public static func withServer<Result>(
        _ configuration: Configuration = Configuration(), answering responder: Responder,
        _ body: nonisolated(nonsending) (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let state = ServerState(configuration, responder)
        let pipeline = try ServerPipeline(server: state, tls: configuration.makeTLSContext())
        defer { state.log.close() }
        return try await LoopbackListener.withListener(
            sendBufferBytes: configuration.sendBufferBytes, configure: pipeline.configure
        ) { listener in
            try await body(
                ScriptedServer(port: listener.port, state: state, connections: listener.connections))
        }
    }

    /// The URL of the server without a trailing slash, such as `http://127.0.0.1:4711`.
    public var baseURL: String {
        baseURL(host: "127.0.0.1")
    }

    /// The URL of the server with another name for the loopback interface, such as `localhost`.
    public func baseURL(host: String) -> String {
        let scheme = if case .tls = state.configuration.security { "https" } else { "http" }
        return "\(scheme)://\(host):\(port)"
    }
}
