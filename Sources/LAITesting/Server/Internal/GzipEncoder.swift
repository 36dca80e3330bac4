import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPCompression

/// Compresses a body piece by piece, each so that it can be decoded without the next.
///
/// NIO's compressor is a channel handler that decides by the request's `Accept-Encoding`. Here it stands in
/// a channel of its own and is told that gzip is wanted, so that a script can send gzip unasked.
/// Used on one event loop only.
final class GzipEncoder {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(HTTPResponseCompressor())
        let wish = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/", headers: ["Accept-Encoding": "gzip"])
        try channel.writeInbound(HTTPServerRequestPart.head(wish))
        let head = HTTPResponseHead(version: .http1_1, status: .ok)
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        _ = try output()
    }

    /// The compressed form of the next piece.
    func encode(_ piece: ByteBuffer) throws -> ByteBuffer {
        try channel.writeOutbound(HTTPServerResponsePart.body(.byteBuffer(piece)))
        return try output()
    }

    /// The end of the compressed form. Nothing can be encoded after it.
    func finish() throws -> ByteBuffer {
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
        return try output()
    }

    /// Takes the channel apart. What is left in it belongs to a response that was broken off.
    deinit {
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    private func output() throws -> ByteBuffer {
        var bytes = ByteBuffer()
        while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
            if case .body(.byteBuffer(var piece)) = part { bytes.writeBuffer(&piece) }
        }
        return bytes
    }
}
