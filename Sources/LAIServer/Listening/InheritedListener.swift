internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import LAICore
internal import Logging
internal import NIOCore
internal import NIOExtras
internal import NIOPosix
internal import NIOSSL
internal import ServiceLifecycle

/// Serves on a socket that is listening already, which Hummingbird itself cannot take.
struct InheritedListener<Responder: HTTPResponder>: Service where Responder.Context == ServerContext {
    let descriptor: Int32
    let responder: Responder
    let channels: HTTP1Channel.Configuration
    let tls: TLSConfiguration?
    /// The most connections at once; further ones wait until one is closed.
    let connections: Int
    let logger: Logger
    let onListening: @Sendable (any Channel) async -> Void

    func run() async throws {
        let child = HTTP1Channel(
            responder: { request, writer, channel in try await respond(to: request, writer, channel) }, configuration: channels)
        if let tls { try await serve(TLSChannel(child, tlsConfiguration: tls)) } else { try await serve(child) }
    }

    private func serve<Child: ServerChildChannel>(_ child: Child) async throws {
        let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
        let (logger, connections) = (logger, connections)
        let listener: NIOAsyncChannel<Child.Value, Never>
        do {
            listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AvailableConnectionsChannelHandler(maxConnections: connections))
                        try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                    }
                }
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .bind(descriptor) { channel in child.setup(channel: channel, logger: logger) }
        } catch {
            throw LAIError(.configuration, "The socket that was handed over cannot be used: it must be one that listens.", cause: error)
        }
        await onListening(listener.channel)
        try await withGracefulShutdownHandler {
            try await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask { await child.handle(value: connection, logger: logger) }
                    }
                }
            }
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }

    @concurrent private func respond(to request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let context = ServerContext(source: .init(channel: channel, logger: logger))
        let response = try await responder.respond(to: request, context: context)
        try await writer.write(response: response.head, body: response.body)
    }
}
