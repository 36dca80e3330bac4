#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import NIOCore

/// Passes what one channel reads to another one on the same event loop.
///
/// It reads on only when the other channel has taken what was read before, so it holds one read at most.
final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum End {
        case closed
        case reset
    }

    private let partner: any Channel
    private var writesUnderWay = 0
    private var end: End?

    init(to partner: any Channel) {
        self.partner = partner
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        writesUnderWay += 1
        partner.writeAndFlush(unwrapInboundIn(data)).assumeIsolated().whenComplete { [self] result in
            writesUnderWay -= 1
            if case .failure = result { return context.close(promise: nil) }
            proceed(context: context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        proceed(context: context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end = .reset
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end = end ?? .closed
        proceed(context: context)
    }

    /// Reads on, or passes the end on; neither before the partner has taken everything.
    private func proceed(context: ChannelHandlerContext) {
        guard writesUnderWay == 0 else { return }
        switch end {
        case nil:
            context.read()
        case .closed:
            partner.close(promise: nil)
        case .reset:
            let isSet = (partner as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            isSet?.assumeIsolated().whenComplete { [partner] _ in partner.close(promise: nil) }
        }
    }
}
