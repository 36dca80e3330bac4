import NIOCore

/// Holds a place in a connection's pipeline, from which bytes can be written and the connection closed past
/// all handlers behind it.
final class ConnectionTap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private(set) var context: ChannelHandlerContext?

    /// Whether bytes that still arrive close the connection, as they do after the server closed its side.
    var closesOnData = false

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if closesOnData {
            context.close(promise: nil)
        } else {
            context.fireChannelRead(data)
        }
    }
}
