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
            address: address, serverName: "LAI", availableConnectionsDelegate: MaximumAvailableConnections(configuration.connections + ConnectionLimit.reserve))
    }

    /// Looks for what would end in an error that says little, or in taking another's place.
    /// - Throws: ``LAICore/LAIError``.
    func check() throws {
        guard case .unix(let path) = configuration.address else { return }
        // sockaddr_un has room for 108 bytes, 104 on macOS, one of them zero.
        guard (1...103).contains(path.utf8.count) else {
            throw LAIError(.configuration, "The path of a socket may have 103 bytes, and this has \(path.utf8.count): choose a shorter one.")
        }
        switch SocketFile.state(of: path) {
        case .none, .left: break
        case .used: throw LAIError(.configuration, "The socket \(path) is in use, perhaps by another lai serve: choose another.")
        case .other: throw LAIError(.file, "\(path) is there already and is no socket: choose another path, or move it away.")
        }
    }

    /// The address to open.
    func url(_ channel: any Channel) -> String {
        let scheme = configuration.tls == nil ? "http" : "https"
        func tcp(_ host: String, _ port: Int) -> String {
            let host = ["0.0.0.0", "::", ""].contains(host) ? ListeningAddress.own ?? "localhost" : host
            return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        }
        switch (configuration.address, channel.localAddress) {
        case (.unix(let path), _): return "unix:\(path)"
        case (.tcp(let host, let port), let local): return tcp(host, local?.port ?? port)
        case (.inherited, let local?):
            if let path = local.pathname { return "unix:\(path)" }
            return tcp(local.ipAddress ?? "localhost", local.port ?? 0)
        case (.inherited, nil): return "\(scheme)://localhost/"
        }
    }

    /// An address of this machine that others can reach.
    private static var own: String? {
        let addresses = ((try? System.enumerateDevices()) ?? []).compactMap(\.address)
        return addresses.first { address in
            if case .v4 = address, let text = address.ipAddress { !text.hasPrefix("127.") && !text.hasPrefix("169.254.") } else { false }
        }?.ipAddress
    }

    func error(_ error: any Error) -> any Error {
        if error is LAIError || error is CancellationError { return error }
        guard let error = error as? IOError else {
            guard case .tcp(let host, _) = configuration.address else { return self.error(IOError(errnoCode: 22, reason: "\(error)")) }
            return LAIError(.configuration, "“\(host)” is no address of this machine: --host takes one, such as 0.0.0.0 for all of them.", cause: error)
        }
        return self.error(error)
    }

    private func error(_ error: IOError) -> LAIError {
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
