internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import LAIChat
internal import LAICore
internal import LAIStorage
internal import LAIStreaming
internal import Logging
internal import NIOCore
internal import NIOHTTPTypes
internal import NIOSSL
internal import ServiceLifecycle

/// LAI's conversations over HTTP: an interface for programs under `/lai/v1/`, and the page.
public struct LAIServer: Sendable {
    private let configuration: ServerConfiguration
    private let store: ChatStore
    private let host: any ServerHost

    public init(store: ChatStore, host: any ServerHost, configuration: ServerConfiguration = ServerConfiguration()) {
        self.store = store
        self.host = host
        self.configuration = configuration
    }

    /// Serves until the task is cancelled. Then no new answer begins, readers are told to come back, and running answers
    /// stay as far as they came; requests have ``ServerConfiguration/shutdownGrace`` to be answered.
    /// - Parameter onListening: told the address once requests are accepted.
    /// - Throws: ``LAICore/LAIError`` when it cannot listen there, or the certificate cannot be read.
    public func run(onListening: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        var streaming = store.service.configuration
        streaming.grace = .seconds(300)
        let memory = MemoryDatabase()
        try await StreamingService.withService(journal: memory, configuration: streaming) { service in
            try await run(temporary: ChatStore(database: memory, service: service, catalogue: store.catalogue), onListening)
        }
    }

    private func run(temporary: ChatStore, _ onListening: @escaping @Sendable (String) async -> Void) async throws {
        let lifetime = ServerLifetime()
        let api = API(configuration: configuration, host: host, stores: Stores(kept: store, temporary: temporary), lifetime: lifetime)
        var logger = Logger(label: "lai.server")
        logger.logLevel = configuration.logsRequests ? .info : .error
        let address = ListeningAddress(configuration)
        try address.check()
        let service = try service(router(of: api), address, api.connections, logger) { channel in await onListening(address.url(channel)) }
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        // Cancelling is a wish to end, not to drop what is under way.
        let running = Task { try await group.run() }
        try await withTaskCancellationHandler {
            do { try await running.value } catch { throw address.error(error) }
        } onCancel: {
            lifetime.end()
            Task {
                await group.triggerGracefulShutdown()
                try? await Task.sleep(for: configuration.shutdownGrace)
                running.cancel()
            }
        }
    }

    private func router(of api: API) throws -> Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.add(middleware: HeadAnswers())
        router.add(middleware: SecurityHeaders())
        router.add(middleware: Accounting(counters: api.counters, isLogging: configuration.logsRequests))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: try Gate(configuration))
        router.add(middleware: Methods(api))
        api.addRoutes(to: router)
        return router
    }

    /// A token as it stands in an address, behind `?token=`.
    public static func encoded(token: String) -> String { TokenCheck.encoded(token) }

    /// Every route, as its method and path.
    package func routes() throws -> [(method: String, path: String)] {
        let api = API(configuration: configuration, host: host, stores: Stores(kept: store, temporary: store), lifetime: ServerLifetime())
        return try router(of: api).routes.map { ($0.method.rawValue, $0.path.description) }
    }

    private func service(
        _ router: Router<ServerContext>, _ address: ListeningAddress, _ served: ServedConnections, _ logger: Logger,
        _ onListening: @escaping @Sendable (any Channel) async -> Void
    ) throws -> any Service {
        let patience = TimeAmount.nanoseconds(Int64(configuration.patience / .nanoseconds(1)))
        let channels = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                StuckReaders(patience: patience), SlowSenders(patience: patience), ConnectionLimit(served), HeadFraming(), BadRequests(),
            ], idleTimeout: patience)
        let tls = try configuration.tls.map { try LAIServer.tls($0.certificates, $0.key) }
        if case .inherited(let descriptor) = configuration.address {
            return InheritedListener(
                descriptor: descriptor, responder: router.buildResponder(), channels: channels, tls: tls,
                connections: configuration.connections + ConnectionLimit.reserve, logger: logger, onListening: onListening)
        }
        var builder = HTTPServerBuilder.http1(configuration: channels)
        if let tls { builder = try .tls(builder, tlsConfiguration: tls) }
        return Application(
            router: router, server: builder, configuration: address.applicationConfiguration, onServerRunning: onListening, logger: logger)
    }

    private static func tls(_ certificates: String, _ key: String) throws -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificates).map { NIOSSLCertificateSource.certificate($0) }
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            tls.minimumTLSVersion = .tlsv12
            // Tells whether the two belong together.
            do { _ = try NIOSSLContext(configuration: tls) } catch {
                throw LAIError(.file, "The key in \(key) is not that of the certificate in \(certificates), which comes first in its file.", cause: error)
            }
            return tls
        } catch let error as LAIError { throw error } catch {
            throw LAIError(.file, "The certificate in \(certificates) or its key in \(key) cannot be read: both must be PEM files.", cause: error)
        }
    }
}
