internal import NIOCore
internal import NIOHTTP1

/// Joins the pieces of a body that one read of the socket brought: a server that writes an event in a chunk of its own
/// then costs one hand-over a read in place of one an event.
///
/// Nothing waits: what a read brought is passed on at the read's end.
final class BodyCoalescer: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private static let maxBytes = 1 << 16
    private var first: ByteBuffer?
    private var joined: ByteBuffer?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .body(var piece) = unwrapInboundIn(data) else {
            flush(context)
            return context.fireChannelRead(data)
        }
        if var all = joined {
            joined = nil
            all.writeBuffer(&piece)
            joined = all
        } else if let first {
            self.first = nil
            var all = context.channel.allocator.buffer(capacity: 1 << 14)
            all.writeImmutableBuffer(first)
            all.writeBuffer(&piece)
            joined = all
        } else {
            first = piece
        }
        if (joined ?? first)?.readableBytes ?? 0 >= BodyCoalescer.maxBytes { flush(context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush(context)
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        flush(context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        flush(context)
        // The client hands a body on at a read's end, and what follows an error is dropped: this is the end.
        context.fireChannelReadComplete()
        context.fireErrorCaught(error)
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard let body = joined ?? first else { return }
        joined = nil
        first = nil
        context.fireChannelRead(wrapInboundOut(.body(body)))
    }
}
