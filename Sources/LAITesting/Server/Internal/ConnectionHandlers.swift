import NIOCore

/// Swallows what arrives, for a connection that is accepted and then never answered.
final class IgnoringHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}

/// Does one thing as soon as the connection stands.
final class ActiveHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let body: () -> Void

    init(_ body: @escaping () -> Void) {
        self.body = body
    }

    func channelActive(context: ChannelHandlerContext) {
        body()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}
