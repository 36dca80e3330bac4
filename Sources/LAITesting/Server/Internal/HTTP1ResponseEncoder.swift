import NIOCore
import NIOHTTP1

/// Writes the parts of a response in the framing of HTTP/1.1, each part as one buffer and so as one packet
/// (over TLS: one record) where the network allows.
///
/// NIO's own encoder isn't used because it puts its hand to the headers, and a test wants them as scripted.
final class HTTP1ResponseEncoder: ChannelOutboundHandler {
    typealias OutboundIn = ResponsePart
    typealias OutboundOut = ByteBuffer

    private var isChunked = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let bytes = encode(unwrapOutboundIn(data), allocator: context.channel.allocator) else {
            promise?.succeed()
            return
        }
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    private func encode(_ part: ResponsePart, allocator: ByteBufferAllocator) -> ByteBuffer? {
        switch part {
        case .head(let head):
            isChunked = head.framing == .chunked
            var buffer = allocator.buffer(capacity: 256)
            buffer.writeString("HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)\r\n")
            for (name, value) in head.headers { buffer.writeString("\(name): \(value)\r\n") }
            buffer.writeString("\r\n")
            return buffer
        case .chunk(var bytes):
            guard isChunked else { return bytes }
            var buffer = allocator.buffer(capacity: bytes.readableBytes + 16)
            buffer.writeString(String(bytes.readableBytes, radix: 16) + "\r\n")
            buffer.writeBuffer(&bytes)
            buffer.writeString("\r\n")
            return buffer
        case .end:
            defer { isChunked = false }
            return isChunked ? ByteBuffer(string: "0\r\n\r\n") : nil
        case .resetStream:
            return nil
        }
    }
}
