/// The proxies that the environment names, by the rules that most programs on Linux keep: `https_proxy`, `http_proxy`
/// and `all_proxy` in small letters or capitals (but never `HTTP_PROXY`, which a web server sets from a request's
/// header), less the hosts of `no_proxy`. Loopback is never proxied.
public struct ProxyEnvironment: Sendable {
    private let environment: [String: String]

    public init(_ environment: [String: String]) { self.environment = environment }

    /// The proxy for an address, or nil to go straight.
    public func proxy(scheme: String, host: String) -> String? {
        if ProxyEnvironment.isLoopback(host) || isExcepted(host) { return nil }
        let names = scheme == "https" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        for name in names + ["all_proxy", "ALL_PROXY"] {
            if let value = environment[name], !value.isEmpty { return value }
        }
        return nil
    }

    /// Whether `no_proxy` names the host: by itself, by a domain above it, or by `*`.
    private func isExcepted(_ host: String) -> Bool {
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        let host = host.lowercased()
        return list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
            if entry == "*" { return true }
            var name = entry.drop { $0 == "." || $0 == "*" }
            if !name.hasPrefix("["), name.filter({ $0 == ":" }).count == 1 { name = name.prefix { $0 != ":" } }
            return host == name || host.hasSuffix(".\(name)")
        }
    }

    /// Whether a name leads to this machine, and nowhere else: `localhost` may be given another address.
    static func staysHere(_ host: String) -> Bool {
        guard isLoopback(host) else { return false }
        let isName = host.contains { $0.isLetter } && !host.contains(":")
        return !isName || LoopbackNames.lead(home: host)
    }

    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }
}
