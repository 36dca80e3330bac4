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
        let address = try ListeningAddress(configuration)
        let application = Application(
            router: router(of: api), server: try makeBuilder(), configuration: try address.applicationConfiguration(configuration),
            onServerRunning: { channel in await onListening(address.url(channel, isSecure: configuration.tls != nil)) }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
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
        router.add(middleware: SecurityHeaders())
        router.add(middleware: Accounting(counters: api.counters, isLogging: configuration.logsRequests))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: Gate(configuration))
        api.addRoutes(to: router)
        return router
    }

    /// Every route, as its method and path.
    package var routes: [(method: String, path: String)] {
        let api = API(configuration: configuration, host: host, stores: Stores(kept: store, temporary: store), lifetime: ServerLifetime())
        return router(of: api).routes.map { ($0.method.rawValue, $0.path.description) }
    }

    private func makeBuilder() throws -> HTTPServerBuilder {
        let patience = TimeAmount.nanoseconds(Int64(configuration.patience / .nanoseconds(1)))
        let http = HTTPServerBuilder.http1(
            configuration: .init(additionalChannelHandlers: [StuckReaders(patience: patience)], idleTimeout: patience))
        guard let tls = configuration.tls else { return http }
        return try .tls(http, tlsConfiguration: LAIServer.tls(tls.certificates, tls.key))
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
