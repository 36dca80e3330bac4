/// A request as a ``ScriptedProxy`` received it.
public struct ProxiedRequest: Sendable {
    /// What a proxy can do with a request.
    public enum Outcome: Sendable, Hashable {
        /// It opened a tunnel or forwarded the request.
        case forwarded

        /// It answered with this status itself.
        case refused(Int)

        /// It never answered.
        case ignored
    }

    /// The position of this request among all that the proxy received, from 0.
    public let index: Int

    /// The number of the connection to the proxy on which it came, from 0.
    public let connection: Int

    /// The method; `CONNECT` for a tunnel.
    public let method: String

    /// The request target as sent: `host:port` for a tunnel, else an absolute URL.
    public let target: String

    /// The host that the client wants to reach.
    public let host: String

    /// The port that the client wants to reach.
    public let port: Int

    /// The header fields, `Proxy-Authorization` among them.
    public let headers: HeaderFields

    /// What the proxy did with it.
    public let outcome: Outcome
}
