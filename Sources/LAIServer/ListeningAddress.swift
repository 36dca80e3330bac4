internal import Hummingbird
internal import HummingbirdCore
internal import LAICore
internal import NIOCore

/// Where the server listens, for the parts that carry it.
struct ListeningAddress: Sendable {
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) { self.configuration = configuration }

    var applicationConfiguration: ApplicationConfiguration {
        let address: BindAddress =
            switch configuration.address {
            case .tcp(let host, let port): .hostname(host, port: port)
            case .unix(let path): .unixDomainSocket(path: path)
            case .inherited: preconditionFailure("A socket that listens already is not bound.")
            }
        return ApplicationConfiguration(
            address: address, serverName: "LAI", availableConnectionsDelegate: MaximumAvailableConnections(configuration.connections))
    }

    /// The address to open.
    func url(_ channel: any Channel) -> String {
        let scheme = configuration.tls == nil ? "http" : "https"
        func tcp(_ host: String, _ port: Int) -> String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/" }
        switch (configuration.address, channel.localAddress) {
        case (.unix(let path), _): return "unix:\(path)"
        case (.tcp(let host, let port), let local): return tcp(host, local?.port ?? port)
        case (.inherited, let local?):
            if let path = local.pathname { return "unix:\(path)" }
            return tcp(local.ipAddress ?? "localhost", local.port ?? 0)
        case (.inherited, nil): return "\(scheme)://localhost/"
        }
    }

    func error(_ error: IOError) -> LAIError {
        switch configuration.address {
        case .tcp(let host, let port):
            // EADDRINUSE on Linux and on macOS.
            let isInUse = error.errnoCode == 98 || error.errnoCode == 48
            return LAIError(
                .configuration,
                isInUse
                    ? "Port \(port) of \(host) is in use, perhaps by another lai serve: choose another with --port."
                    : "The server cannot listen on port \(port) of \(host): is that an address of this machine, and may you use that port?", cause: error)
        case .unix(let path): return LAIError(.file, "The server cannot listen on \(path): is its folder there, and may you write to it?", cause: error)
        case .inherited: return LAIError(.configuration, "The socket that was handed over cannot be used.", cause: error)
        }
    }
}
