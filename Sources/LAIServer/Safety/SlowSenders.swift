internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection over which a request's body comes too slowly: byte by byte it could be kept open for ever. For the
/// head of a request Hummingbird has a clock of its own.
final class SlowSenders: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    /// So much has to come each time the patience is over.
    static let least = 16 << 10

    private let patience: TimeAmount
    private var timer: Scheduled<Void>?
    private var received = 0
    private var isReceiving = false
    /// Whether the server would take more; a client is not to blame for what it does not.
    private var isWanted = false

    init(patience: TimeAmount) { self.patience = patience }

    func read(context: ChannelHandlerContext) {
        isWanted = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isWanted = false
        switch unwrapInboundIn(data) {
        case .head: (isReceiving, received) = (true, 0)
        case .body(let bytes): received += bytes.readableBytes
        case .end: rest()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReceiving, timer == nil { watch(context.channel, context.eventLoop) }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        rest()
        context.fireChannelInactive()
    }

    private func rest() {
        timer?.cancel()
        (timer, isReceiving) = (nil, false)
    }

    private func watch(_ channel: any Channel, _ eventLoop: any EventLoop) {
        timer = eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: patience) { [self] in
            if isWanted, received < SlowSenders.least { return channel.close(promise: nil) }
            received = 0
            watch(channel, eventLoop)
        }
    }
}
