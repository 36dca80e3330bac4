/// How and when the connection of a request ended (over HTTP/2: its stream).
public struct ConnectionEnd: Sendable, Hashable {
    /// The sides that can end a connection, and how.
    public enum Cause: Sendable, Hashable {
        /// The client closed it in order: a FIN, or over HTTP/2 the regular end of the stream.
        case client

        /// The client reset it: a RST, or over HTTP/2 `RST_STREAM`.
        case clientReset

        /// The server began the ending: a script's step, or the end of the server's scope.
        case server
    }

    /// Who ended it.
    public let cause: Cause

    /// The time at which the server saw it.
    public let instant: ContinuousClock.Instant

    /// The body bytes of this request's response that the network had accepted by then.
    public let bytesWritten: Int
}
