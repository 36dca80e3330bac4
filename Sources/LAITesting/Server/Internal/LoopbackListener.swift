import NIOCore
import NIOPosix

/// A listening socket on a free port of 127.0.0.1, and the connections that it accepted.
struct LoopbackListener: Sendable {
    let port: Int
    let connections: AcceptedConnections

    /// Runs `body` while listening; then closes the listener and all connections and waits until they are
    /// closed.
    ///
    /// - Parameters:
    ///   - sendBufferBytes: the size of each connection's send buffer in the kernel.
    ///   - configure: builds the pipeline of an accepted connection; gets the connection's number.
    static func withListener<Result>(
        sendBufferBytes: Int? = nil,
        configure: @escaping @Sendable (_ channel: any Channel, _ number: Int) -> EventLoopFuture<Void>,
        _ body: nonisolated(nonsending) (LoopbackListener) async throws -> Result
    ) async throws -> Result {
        let connections = AcceptedConnections()
        var bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptHandler(connections))
                }
            }
            .childChannelInitializer { channel in configure(channel, connections.number(of: channel)) }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        if let sendBufferBytes {
            bootstrap = bootstrap.childChannelOption(
                .socketOption(.so_sndbuf), value: SocketOptionValue(sendBufferBytes))
        }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let listener = LoopbackListener(port: channel.localAddress?.port ?? 0, connections: connections)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(listener))
        } catch {
            result = .failure(error)
        }
        channel.close(promise: nil)
        await channel.closeFuture.completion()
        await connections.closeAll()
        return try result.get()
    }
}

extension EventLoopFuture where Value == Void {
    /// Waits until the future is done, however it ends and whether or not the task is cancelled.
    func completion() async {
        await withCheckedContinuation { continuation in
            whenComplete { _ in continuation.resume() }
        }
    }
}
