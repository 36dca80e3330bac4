internal import HummingbirdCore
internal import Hummingbird
internal import LAICore
internal import NIOCore

/// Where the server listens, for the parts that carry it.
struct ListeningAddress: Sendable {
    private let address: ServerConfiguration.Address

    init(_ configuration: ServerConfiguration) throws {
        address = configuration.address
    }

    func applicationConfiguration(_ configuration: ServerConfiguration) throws -> ApplicationConfiguration {
        let bind: BindAddress =
            switch address {
            case .tcp(let host, let port): .hostname(host, port: port)
            case .unix(let path): .unixDomainSocket(path: path)
            case .inherited: throw LAIError(.unsupported, "TODO")
            }
        return ApplicationConfiguration(
            address: bind, serverName: "LAI", availableConnectionsDelegate: MaximumAvailableConnections(configuration.connections))
    }

    /// The address to open.
    func url(_ channel: any Channel, isSecure: Bool) -> String {
        switch address {
        case .unix(let path): return "unix:\(path)"
        case .tcp(let host, let port):
            let port = channel.localAddress?.port ?? port
            let name = host.contains(":") ? "[\(host)]" : host
            return "\(isSecure ? "https" : "http")://\(name):\(port)/"
        case .inherited: return channel.localAddress.map { "http://\($0.ipAddress ?? "localhost"):\($0.port ?? 0)/" } ?? ""
        }
    }

    func error(_ error: IOError) -> LAIError {
        switch address {
        case .tcp(let host, let port):
            error.errnoCode == 98 || error.errnoCode == 48
                ? LAIError(.configuration, "Port \(port) of \(host) is in use, perhaps by another lai serve: choose another with --port.", cause: error)
                : LAIError(.configuration, "The server cannot listen on port \(port) of \(host): \(error.localizedDescription)", cause: error)
        case .unix(let path): LAIError(.file, "The server cannot listen on \(path): is its folder there, and may you write to it?", cause: error)
        case .inherited: LAIError(.configuration, "The socket that was handed over cannot be used.", cause: error)
        }
    }
}
