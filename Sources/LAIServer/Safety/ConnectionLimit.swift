internal import HTTPTypes
internal import LAICore
internal import NIOCore
internal import NIOHTTPTypes
internal import Synchronization

/// How many connections are served.
final class ServedConnections: Sendable {
    private let limit: Int
    private let state = Mutex(0)

    init(limit: Int) { self.limit = limit }

    var count: Int { state.withLock { $0 } }

    /// - Returns: false when there are as many as there may be.
    func enter() -> Bool {
        state.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { state.withLock { $0 -= 1 } }
}

/// Serves a connection from its first request on, unless too many are served: then that request is answered with a
/// problem, and the connection closed.
final class ConnectionLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    /// So many beyond the limit are told so at once; further ones wait until one of all these is closed.
    static let reserve = 64

    private let served: ServedConnections
    private var isServed: Bool?

    init(_ served: ServedConnections) { self.served = served }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isServed == nil {
            isServed = served.enter()
            if isServed == true { context.channel.closeFuture.whenComplete { [served] _ in served.leave() } } else { refuse(context) }
        }
        if isServed == true { context.fireChannelRead(data) }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        let problem = Problem(.serviceUnavailable, "too_many_connections", "The server has as many connections as it may have: come back in a moment.")
        let body = ByteBuffer(bytes: problem.json.utf8)
        let fields: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: String(body.readableBytes), .connection: "close", .retryAfter: "2",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // The other way stays open until the client is done: what it is sending must not cost it the answer.
        context.close(mode: .output, promise: nil)
    }
}
