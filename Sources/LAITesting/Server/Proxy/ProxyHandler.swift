import NIOCore
import NIOPosix

/// Reads the head of a client's request, connects to the server behind it, and then lets bytes pass.
final class ProxyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        case readingHead
        /// Nothing more is read, so what the client sent already stays small.
        case connecting
        case relaying
        /// What the client still sends is of no interest.
        case finished
    }

    private static let maximumHeadBytes = 64 << 10

    private let proxy: ProxyState
    private let connection: Int
    private var phase = Phase.readingHead
    private var unread = ByteBuffer()

    init(_ proxy: ProxyState, connection: Int) {
        self.proxy = proxy
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .relaying: return context.fireChannelRead(data)
        case .finished: return
        case .readingHead, .connecting: break
        }
        var bytes = unwrapInboundIn(data)
        unread.writeBuffer(&bytes)
        guard phase == .readingHead else { return }
        do {
            if let head = try ProxyRequestHead.read(from: &unread) {
                try receive(head, context: context)
            } else if unread.readableBytes > Self.maximumHeadBytes {
                throw MalformedProxyRequest()
            }
        } catch {
            refuse(400, context: context)
        }
    }

    private func receive(_ head: ProxyRequestHead, context: ChannelHandlerContext) throws {
        guard let request = proxy.receive(head, connection: connection) else {
            return context.close(promise: nil)
        }
        switch request.outcome {
        case .refused(let status): refuse(status, context: context)
        case .ignored: phase = .finished
        case .forwarded: try connect(head, context: context)
        }
    }

    private func refuse(_ status: Int, context: ChannelHandlerContext) {
        phase = .finished
        let demand = status == 407 ? "Proxy-Authenticate: Basic realm=\"test\"\r\n" : ""
        let answer = "HTTP/1.1 \(status) Refused\r\n\(demand)Content-Length: 0\r\nConnection: close\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).assumeIsolated()
            .whenComplete { _ in context.close(mode: .output, promise: nil) }
    }

    private func connect(_ head: ProxyRequestHead, context: ChannelHandlerContext) throws {
        guard let port = proxy.port(for: head) else { return refuse(403, context: context) }
        phase = .connecting
        try context.channel.syncOptions?.setOption(.autoRead, value: false)
        ClientBootstrap(group: context.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port)
            .assumeIsolated()
            .whenComplete { [self] result in
                switch result {
                case .success(let server): relay(head, to: server, context: context)
                case .failure: refuse(502, context: context)
                }
            }
    }

    private func relay(_ head: ProxyRequestHead, to server: any Channel, context: ChannelHandlerContext) {
        guard context.channel.isActive else { return server.close(promise: nil) }
        let toServer = RelayHandler(to: server)
        let toClient = RelayHandler(to: context.channel)
        do {
            try context.pipeline.syncOperations.addHandler(toServer)
            try server.pipeline.syncOperations.addHandler(toClient)
        } catch {
            server.close(promise: nil)
            return context.close(promise: nil)
        }
        phase = .relaying
        if head.isConnect {
            let answer = ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        } else {
            context.fireChannelRead(wrapInboundOut(head.forwarded()))
        }
        if unread.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(unread)) }
        unread = ByteBuffer()
        context.fireChannelReadComplete()
        server.read()
    }
}
