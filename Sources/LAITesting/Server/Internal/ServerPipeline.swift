import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL

/// Builds the pipeline of an accepted connection.
struct ServerPipeline: Sendable {
    let server: ServerState
    let tls: NIOSSLContext?

    func configure(_ channel: any Channel, number: Int) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let connection = ServerConnection(number: number, hasTLS: tls != nil)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(connection.wire)
            switch server.configuration.behaviour(number) {
            case .serve: try serve(connection, on: channel)
            case .ignore: try pipeline.addHandler(IgnoringHandler())
            case .close: try pipeline.addHandler(ActiveHandler { connection.closeOutput(tlsNotice: false) })
            case .reset: try pipeline.addHandler(ActiveHandler { connection.reset() })
            }
        }
    }

    private func serve(_ connection: ServerConnection, on channel: any Channel) throws {
        let isHTTP2 = server.configuration.httpVersion == .http2
        guard let tls else {
            return isHTTP2 ? try addHTTP2(connection, to: channel) : try addHTTP1(connection, to: channel)
        }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers(NIOSSLServerHandler(context: tls), connection.clear)
        guard isHTTP2 else { return try addHTTP1(connection, to: channel) }
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        // On the event loop this is done when it returns.
        _ = channel.configureHTTP2SecureUpgrade(
            h2ChannelConfigurator: { [self] channel in
                channel.eventLoop.makeCompletedFuture { try addHTTP2(bound.value, to: channel) }
            },
            http1ChannelConfigurator: { [self] channel in
                channel.eventLoop.makeCompletedFuture { try addHTTP1(bound.value, to: channel) }
            })
    }

    private func addHTTP1(_ connection: ServerConnection, to channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            HTTP1ResponseEncoder(),
            ScriptHandler(server, connection: connection),
        ])
    }

    private func addHTTP2(_ connection: ServerConnection, to channel: any Channel) throws {
        let bound = NIOLoopBound(connection, eventLoop: channel.eventLoop)
        _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
        ) { [server] stream in
            stream.eventLoop.makeCompletedFuture {
                let id = try stream.syncOptions?.getOption(HTTP2StreamChannelOptions.streamID)
                try stream.pipeline.syncOperations.addHandlers([
                    HTTP2FramePayloadToHTTP1ServerCodec(),
                    HTTP2ResponseEncoder(),
                    ScriptHandler(server, connection: bound.value, stream: id.map { Int($0) } ?? 0),
                ])
            }
        }
    }
}
