import NIOCore
import NIOPosix
import NIOSSL

/// A TCP or TLS client that shows the bytes and the end of a connection as they come.
struct RawClient {
    enum End: Equatable {
        case closed
        /// Over TLS: closed without `close_notify`.
        case cut
        case reset
    }

    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// What was read and not taken yet.
    private(set) var received: [UInt8] = []

    /// Connects for the length of `body`, and closes the connection after it.
    ///
    /// - Parameter trust: over TLS, the authority to trust, in PEM.
    static func withConnection<Result: Sendable>(
        to port: Int, trust: String? = nil,
        _ body: @escaping @Sendable (inout RawClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let trust { try addTLS(to: channel, trust: trust) }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var client = RawClient(iterator: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&client)
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Sends a request without a body.
    func get(_ path: String = "/", version: String = "1.1", headers: String = "") async throws {
        try await send("GET \(path) HTTP/\(version)\r\nHost: test\r\n\(headers)\r\n")
    }

    /// Takes the next `text` off what was received; returns what came instead if it is something else.
    mutating func expect(_ text: String) async throws -> String? {
        let wanted = Array(text.utf8)
        while received.count < wanted.count, wanted.starts(with: received),
            let bytes = try await iterator.next(isolation: #isolation)
        {
            received += Array(bytes.readableBytesView)
        }
        guard received.starts(with: wanted) else { return String(decoding: received, as: UTF8.self) }
        received.removeFirst(wanted.count)
        return nil
    }

    /// Reads until the connection ends.
    mutating func readToEnd() async -> (text: String, end: End) {
        defer { received = [] }
        do {
            while let bytes = try await iterator.next(isolation: #isolation) {
                received += Array(bytes.readableBytesView)
            }
            return (String(decoding: received, as: UTF8.self), .closed)
        } catch {
            let end: End = error as? NIOSSLError == .uncleanShutdown ? .cut : .reset
            return (String(decoding: received, as: UTF8.self), end)
        }
    }

    private static func addTLS(to channel: any Channel, trust: String) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(trust.utf8)))
        let context = try NIOSSLContext(configuration: configuration)
        try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
    }
}
