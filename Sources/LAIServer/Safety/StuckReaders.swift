internal import NIOCore

/// Closes a connection whose reader takes nothing of what it is sent for too long: it would hold memory for nothing. A
/// reader of an event stream comes back by itself, and misses nothing; one that is slow, but reads, is waited for.
final class StuckReaders: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias OutboundIn = Any

    private let patience: TimeAmount
    private var timer: Scheduled<Void>?

    init(patience: TimeAmount) { self.patience = patience }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        if !context.channel.isWritable { watch(context.channel, context.eventLoop) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    private func watch(_ channel: any Channel, _ eventLoop: any EventLoop) {
        let waiting = StuckReaders.waiting(channel)
        timer = eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: patience) { [self] in
            if StuckReaders.waiting(channel) < waiting { watch(channel, eventLoop) } else { channel.close(promise: nil) }
        }
    }

    /// How many bytes wait to be taken.
    private static func waiting(_ channel: any Channel) -> Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
