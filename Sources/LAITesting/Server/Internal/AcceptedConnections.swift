import NIOCore
import Synchronization

/// The connections that a listener accepted: counts them, and closes those that are left at the end.
///
/// It learns of a connection on the listener's event loop before the connection is set up, so that none
/// can slip past ``closeAll()``, which is called after the listener has closed.
final class AcceptedConnections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: (number: Int, channel: any Channel)] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    /// All connections so far, closed ones too.
    var count: Int {
        state.withLock { $0.count }
    }

    /// The number that the connection got when it was accepted.
    func number(of channel: any Channel) -> Int {
        state.withLock { $0.open[ObjectIdentifier(channel)]?.number } ?? 0
    }

    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            state.open[id] = (state.count, channel)
            state.count += 1
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { _ = $0.open.removeValue(forKey: id) }
        }
    }

    /// Closes all connections, past whatever goodbye TLS or HTTP would say, and waits until they are closed.
    func closeAll() async {
        let channels = state.withLock { $0.open.values.map(\.channel) }
        for channel in channels {
            channel.eventLoop.execute {
                let operations = channel.pipeline.syncOperations
                switch Result(catching: { try operations.handler(type: ConnectionTap.self) }) {
                case .success(let tap): tap.context?.close(promise: nil)
                case .failure: channel.close(promise: nil)
                }
            }
        }
        for channel in channels {
            await channel.closeFuture.completion()
        }
    }
}

/// Tells ``AcceptedConnections`` of every connection that a listening channel accepts.
final class AcceptHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let connections: AcceptedConnections

    init(_ connections: AcceptedConnections) {
        self.connections = connections
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connections.add(unwrapInboundIn(data))
        context.fireChannelRead(data)
    }
}
