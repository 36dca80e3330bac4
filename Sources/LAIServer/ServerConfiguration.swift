/// Where the server listens, and what it bears.
public struct ServerConfiguration: Sendable {
    /// Where a server listens.
    public enum Address: Sendable, Hashable {
        case tcp(host: String, port: Int)
        /// A Unix socket. A file that another server left behind is replaced.
        case unix(path: String)
        /// A socket that is listening already, as systemd hands it over.
        case inherited(descriptor: Int32)
    }

    public var address = Address.tcp(host: "127.0.0.1", port: 4187)
    /// What every request must bring where the server can be reached from elsewhere; nil where it cannot.
    public var token: String?
    /// A certificate chain and its key, as PEM files; nil for plain HTTP.
    public var tls: (certificates: String, key: String)?
    /// Names under which the server may be addressed, beside those of this machine.
    public var hosts: Set<String> = []
    /// The most that a request's body may have, in bytes. What is imported may have ``importLimit``.
    public var bodyLimit = 32 << 20
    public var importLimit = 2 << 30
    /// The most connections at once; further ones are told to come back.
    public var connections = 4096
    /// How long a client may take to send the head of a request, or 16 kB more of its body, and may take nothing of what it
    /// is sent, before it is let go.
    public var patience: Duration = .seconds(30)
    /// How often a silent event stream says that it lives.
    public var heartbeat: Duration = .seconds(15)
    /// How long a reader is to wait before it comes back after a break.
    public var comeBack: Duration = .seconds(1)
    /// How often the store is looked at for what other processes change.
    public var changeInterval: Duration = .milliseconds(50)
    /// How long requests may take to be answered once the server is to end.
    public var shutdownGrace: Duration = .seconds(5)
    /// Whether each request is logged: its method, path without the query, status and time.
    public var logsRequests = false

    public init() {}
}
