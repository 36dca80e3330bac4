internal import FoundationEssentials
internal import NIOCore

/// Under which names and addresses the server may be addressed.
struct HostNames: Sendable {
    /// In lower case, without ports; nil for all, where no page of the web can lead to the server.
    private let names: Set<String>?
    /// Whether numbers will do: a name of somebody else's can be made to lead here, a number cannot.
    private let takesNumbers: Bool

    /// - Parameter listening: what it listens on; nil for what has no name at all.
    init(_ configuration: ServerConfiguration, listening: ServerReach) {
        takesNumbers = listening == .elsewhere
        guard listening != .unixSocket else {
            names = nil
            return
        }
        var names = configuration.hosts.map { $0.lowercased() } + ["localhost", "127.0.0.1", "::1"]
        if case .tcp(let host, _) = configuration.address { names.append(host.lowercased()) }
        if takesNumbers {
            let own = ProcessInfo.processInfo.hostName.lowercased()
            names += [own, String(own.prefix { $0 != "." }), String(own.prefix { $0 != "." }) + ".local"]
        }
        self.names = Set(names)
    }

    func allow(_ authority: String?) -> Bool {
        guard let names else { return true }
        guard let authority, let host = HostNames.host(of: authority) else { return false }
        return names.contains(host) || takesNumbers && (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    /// The name or address in an authority, without its port; nil for what is no authority.
    static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        let end: String.Index
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            end = text.index(after: bracket)
        } else {
            end = text.firstIndex(of: ":") ?? text.endIndex
        }
        let (host, rest) = (text[..<end], text[end...])
        guard rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host)
    }
}
