/// How connections are made.
public struct TransportConfiguration: Sendable, Hashable {
    /// The proxy, by its address: `http://user:password@host:port`, or `socks5://host:port`. Nil goes straight.
    public var proxy: String?
    /// A PEM file of certificate authorities to trust besides the system's.
    public var trustRoots: String?

    public init(proxy: String? = nil, trustRoots: String? = nil) {
        self.proxy = proxy
        self.trustRoots = trustRoots
    }
}
