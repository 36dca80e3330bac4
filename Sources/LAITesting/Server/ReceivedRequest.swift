/// A request as a ``ScriptedServer`` received it.
public struct ReceivedRequest: Sendable {
    /// The position of this request among all that the server received, from 0.
    public let index: Int

    /// The number of the connection on which it came, from 0: equal numbers mean a reused connection.
    public let connection: Int

    /// The HTTP/2 stream on which it came; `nil` over HTTP/1.
    public let stream: Int?

    /// The protocol version, such as `HTTP/1.1` or `HTTP/2`.
    public let httpVersion: String

    /// The method, such as `POST`.
    public let method: String

    /// The request target as sent: the path with its query.
    public let target: String

    /// The header fields. Over HTTP/2 their names are in lower case and `:authority` appears as `host`.
    public let headers: HeaderFields

    /// The body; empty where the server answers at the head (``ScriptedServer/Configuration/answersAfter``).
    public let body: [UInt8]

    /// When the part that made the server answer arrived.
    public let arrival: ContinuousClock.Instant

    /// The target up to its query.
    public var path: String {
        String(target.prefix { $0 != "?" })
    }

    /// What follows the first `?` of the target.
    public var query: String? {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
    }

    /// The body as text, malformed UTF-8 replaced.
    public var text: String {
        String(decoding: body, as: UTF8.self)
    }
}
