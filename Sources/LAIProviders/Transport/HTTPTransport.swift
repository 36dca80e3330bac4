internal import AsyncHTTPClient
internal import LAICore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// The connections of all providers: one client for each way to the network (a proxy, further trust roots), shared by
/// all who go that way, so that connections are used again. HTTP/2 where it is offered, TLS with verification always.
public final class HTTPTransport: Sendable {
    /// The transport that everything uses unless told otherwise. It lives as long as the process.
    public static let shared = HTTPTransport()

    private let group: MultiThreadedEventLoopGroup
    private let clients = Mutex<[TransportConfiguration: HTTPClient]>([:])

    /// A transport with an event loop of its own. One serves very many streams: it decodes millions of events a second,
    /// and a stream never changes the thread. It lives as long as the process: make few.
    public init() { group = MultiThreadedEventLoopGroup(numberOfThreads: 1) }

    var eventLoop: any EventLoop { group.next() }

    /// The client for a way to the network.
    func client(_ configuration: TransportConfiguration) throws(LAIError) -> HTTPClient {
        if let client = clients.withLock({ $0[configuration] }) { return client }
        let made = HTTPClient(
            eventLoopGroupProvider: .shared(group), configuration: try HTTPTransport.settings(configuration))
        return clients.withLock { clients in
            if let client = clients[configuration] {
                // Another thread was faster; this one has no connections yet.
                made.shutdown { _ in }
                return client
            }
            clients[configuration] = made
            return made
        }
    }

    private static func settings(_ configuration: TransportConfiguration) throws(LAIError) -> HTTPClient.Configuration {
        var settings = HTTPClient.Configuration()
        // A redirect would take the key to another place.
        settings.redirectConfiguration = .disallow
        settings.decompression = .enabled(limit: .none)
        settings.httpVersion = .automatic
        // A failed connection is for the retry policy to decide about; LAI has its own clock for connecting.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
        settings.timeout.connect = .minutes(5)
        settings.proxy = try configuration.proxy.map(HTTPTransport.proxy)
        settings.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
                try pipeline.addHandler(BodyCoalescer(), position: .after(decoder))
            }
        }
        if let path = configuration.trustRoots {
            var tls = TLSConfiguration.makeClientConfiguration()
            do { tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(path))] } catch {
                throw LAIError(.file, "There are no certificates in PEM to be read in \(path): correct ca_file, or SSL_CERT_FILE.", cause: error)
            }
            settings.tlsConfiguration = tls
        }
        return settings
    }

    private static func proxy(_ address: String) throws(LAIError) -> HTTPClient.Configuration.Proxy {
        guard let url = WebAddress(address.contains("://") ? address : "http://" + address) else {
            throw LAIError(.configuration, "The proxy's address is not one: write it as http://host:port.")
        }
        switch url.scheme {
        case "http":
            guard let user = url.user else { return .server(host: url.host, port: url.port ?? 8080) }
            return .server(
                host: url.host, port: url.port ?? 8080,
                authorization: .basic(username: user, password: url.password ?? ""))
        case "socks5", "socks5h", "socks": return .socksServer(host: url.host, port: url.port ?? 1080)
        default:
            throw LAIError(.configuration, "LAI cannot use a proxy of the kind \(url.scheme)://; it takes http:// and socks5://.")
        }
    }
}
