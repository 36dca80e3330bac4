internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Leaves the body out of what answers HEAD, errors too: a client would take it for the next answer.
struct HeadAnswers: RouterMiddleware {
    typealias Context = ServerContext

    @concurrent func handle(_ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response) async throws -> Response {
        var response = try await next(request, context)
        guard request.method == .head else { return response }
        let length = response.headers[.contentLength]
        response.body = ResponseBody()
        response.headers[.contentLength] = length
        return response
    }
}

/// Lets an answer to HEAD whose length nobody knows end with its head. Its end would be written as an empty last chunk,
/// which is a body too.
final class HeadFraming: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Of each request that waits for the end of its answer, whether it is HEAD.
    private var waiting = CircularBuffer<Bool>()
    private var hasLength = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let request) = unwrapInboundIn(data) { waiting.append(request.method == .head) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let response): hasLength = response.headerFields[.contentLength] != nil
        case .body: break
        case .end: if waiting.popFirst() == true, !hasLength { return promise?.succeed() ?? () }
        }
        context.write(data, promise: promise)
    }
}
