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
        let service = try service(router(of: api), address, logger) { channel in await onListening(address.url(channel)) }
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        // Cancelling is a wish to end, not to drop what is under way.
        let running = Task { try await group.run() }
        try await withTaskCancellationHandler {
            do { try await running.value } catch let error as IOError { throw address.error(error) }
        } onCancel: {
            lifetime.end()
            Task {
                await group.triggerGracefulShutdown()
                try? await Task.sleep(for: configuration.shutdownGrace)
                running.cancel()
            }
        }
    }

    private func router(of api: API) -> Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.add(middleware: HeadAnswers())
        router.add(middleware: SecurityHeaders())
        router.add(middleware: Accounting(counters: api.counters, isLogging: configuration.logsRequests))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: Gate(configuration))
        router.add(middleware: Methods(api))
        api.addRoutes(to: router)
        return router
    }

    /// Every route, as its method and path.
    package var routes: [(method: String, path: String)] {
        let api = API(configuration: configuration, host: host, stores: Stores(kept: store, temporary: store), lifetime: ServerLifetime())
        return router(of: api).routes.map { ($0.method.rawValue, $0.path.description) }
    }

    private func service(
        _ router: Router<ServerContext>, _ address: ListeningAddress, _ logger: Logger,
        _ onListening: @escaping @Sendable (any Channel) async -> Void
    ) throws -> any Service {
        let patience = TimeAmount.nanoseconds(Int64(configuration.patience / .nanoseconds(1)))
        let channels = HTTP1Channel.Configuration(
            additionalChannelHandlers: [StuckReaders(patience: patience), HeadFraming(), BadRequests()], idleTimeout: patience)
        if case .inherited(let descriptor) = configuration.address {
            return InheritedListener(
                descriptor: descriptor, responder: router.buildResponder(), channels: channels, logger: logger, onListening: onListening)
        }
        var builder = HTTPServerBuilder.http1(configuration: channels)
        if let tls = configuration.tls { builder = try .tls(builder, tlsConfiguration: LAIServer.tls(tls.certificates, tls.key)) }
        return Application(
            router: router, server: builder, configuration: address.applicationConfiguration, onServerRunning: onListening, logger: logger)
    }

    private static func tls(_ certificates: String, _ key: String) throws -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificates).map { NIOSSLCertificateSource.certificate($0) }
            return .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        } catch {
            throw LAIError(.file, "The certificate in \(certificates) or its key in \(key) cannot be read: both must be PEM files.", cause: error)
        }
    }
}
