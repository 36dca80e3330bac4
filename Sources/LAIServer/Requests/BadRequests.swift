internal import Hummingbird
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTPTypes

/// Puts a problem in the place of the empty answer that what is no HTTP gets before it is a request.
final class BadRequests: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(let empty) = unwrapOutboundIn(data), empty.status == .badRequest, empty.headerFields[.contentType] == nil else {
            return context.write(data, promise: promise)
        }
        let problem = Problem.badRequest("This is no request of HTTP: its method, its address or a header is malformed.")
        let body = ByteBuffer(bytes: problem.json.utf8)
        let head = HTTPResponse(
            status: .badRequest,
            headerFields: [.contentType: "application/problem+json", .contentLength: String(body.readableBytes), .connection: "close"])
        context.write(wrapOutboundOut(.head(head)), promise: promise)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
    }
}
