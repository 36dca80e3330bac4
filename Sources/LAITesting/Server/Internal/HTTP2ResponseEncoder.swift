import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Hands the parts of a response to the codec of an HTTP/2 stream.
final class HTTP2ResponseEncoder: ChannelOutboundHandler {
    typealias OutboundIn = ResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // Fields that speak of the connection are malformed in HTTP/2 (RFC 9113, 8.2.2).
            for name in ["Connection", "Transfer-Encoding", "Keep-Alive"] { head.headers.remove(name: name) }
            let part = HTTPResponseHead(version: .http2, status: head.status, headers: head.headers)
            context.write(wrapOutboundOut(.head(part)), promise: promise)
        case .chunk(let bytes):
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
        case .end:
            context.write(wrapOutboundOut(.end(nil)), promise: promise)
        case .resetStream(let code):
            reset(code: code, context: context, promise: promise)
        }
    }

    /// The codec has no part for `RST_STREAM`, so the frame is written below it.
    private func reset(code: Int, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        do {
            let codec = try context.pipeline.syncOperations.context(
                handlerType: HTTP2FramePayloadToHTTP1ServerCodec.self)
            let frame = HTTP2Frame.FramePayload.rstStream(HTTP2ErrorCode(networkCode: code))
            codec.writeAndFlush(NIOAny(frame), promise: promise)
        } catch {
            promise?.fail(error)
        }
    }
}
