import NIOCore

/// An HTTP proxy on the loopback interface: tunnels for `CONNECT`, forwarding for absolute URLs.
///
/// It reaches ports of the loopback interface only, so that no test leaves the machine. Bytes pass through
/// unchanged, in both directions and with their ends: a FIN stays a FIN and a reset a reset.
///
/// ```swift
/// try await ScriptedProxy.withProxy(.init(authorization: "Basic dXNlcjpwYXNz")) { proxy in
///     client.proxy = proxy.url
///     …
///     #expect(proxy.requests.map(\.target) == ["127.0.0.1:\(server.port)"])
/// }
/// ```
public struct ScriptedProxy: Sendable {
    /// How a ``ScriptedProxy`` treats requests.
    public struct Configuration: Sendable {
        /// The `Proxy-Authorization` that every request must have; others are refused with 407. None is
        /// demanded if `nil`.
        public var authorization: String?

        /// The loopback ports behind other names, such as `["api.example.com:443": server.port]`.
        public var routes: [String: Int]

        /// What becomes of a request that has passed the two above.
        public var decision: Decision

        /// A proxy that forwards everything, but for what is given.
        public init(
            authorization: String? = nil, routes: [String: Int] = [:], decision: Decision = .forward
        ) {
            self.authorization = authorization
            self.routes = routes
            self.decision = decision
        }
    }

    /// What a proxy does with the requests that it could forward.
    public enum Decision: Sendable, Hashable {
        /// Opens the tunnel or forwards the request; answers 502 if nobody listens there, and 403 if the
        /// target is off the machine.
        case forward

        /// Answers with this status.
        case refuse(Int)

        /// Never answers.
        case ignore
    }

    /// The free port of 127.0.0.1 on which it listens.
    public let port: Int

    let state: ProxyState
    let connections: AcceptedConnections

    /// Runs `body` with a proxy, and closes the proxy and all its connections when `body` returns or throws.
    ///
    /// - Throws: what `body` throws, or the error of listening.
    public static func withProxy<Result>(
        _ configuration: Configuration = Configuration(),
        _ body: nonisolated(nonsending) (ScriptedProxy) async throws -> Result
    ) async throws -> Result {
        let state = ProxyState(configuration)
        defer { state.log.close() }
        return try await LoopbackListener.withListener(configure: { channel, number in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(ProxyHandler(state, connection: number))
            }
        }) { listener in
            try await body(
                ScriptedProxy(port: listener.port, state: state, connections: listener.connections))
        }
    }

    /// The URL of the proxy, such as `http://127.0.0.1:4711`.
    public var url: String {
        "http://127.0.0.1:\(port)"
    }

    /// The requests received so far, in the order of their arrival.
    public var requests: [ProxiedRequest] {
        state.log.entries
    }

    /// The number of connections accepted so far.
    public var connectionCount: Int {
        connections.count
    }

    /// The first request that no earlier call returned, as soon as it has arrived.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first; ``ScriptedServerError/scopeEnded`` if
    ///   the proxy's scope ended.
    public func nextRequest() async throws -> ProxiedRequest {
        try await state.log.next()
    }
}
