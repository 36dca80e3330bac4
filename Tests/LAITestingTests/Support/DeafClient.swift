import NIOCore
import NIOPosix

/// A TCP client that sends a request and never reads.
enum DeafClient {
    static func withRequest(
        to port: Int, _ body: nonisolated(nonsending) () async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: port).get()
        do {
            try await channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: test\r\n\r\n"))
            try await body()
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }
}
