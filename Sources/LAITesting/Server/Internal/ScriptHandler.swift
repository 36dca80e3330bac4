import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Takes the requests of one connection (over HTTP/2: of one stream) and performs a script for each, one
/// after the other.
final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ResponsePart

    /// Requests that a client may send ahead; with more of them the connection is closed.
    private static let maximumWaiting = 64

    private let server: ServerState
    private let connection: ServerConnection
    private let stream: Int?
    private var assembler: RequestAssembler
    /// All exchanges of this connection; the log's limit bounds them.
    private var exchanges: [Exchange] = []
    private var waiting = CircularBuffer<Exchange>()
    private var performer: ResponsePerformer?
    private var isReset = false

    init(_ server: ServerState, connection: ServerConnection, stream: Int? = nil) {
        self.server = server
        self.connection = connection
        self.stream = stream
        assembler = RequestAssembler(server.configuration)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The decoder goes on with what it holds after the connection was closed.
        guard !connection.isEndedByServer else { return }
        switch assembler.feed(unwrapInboundIn(data)) {
        case .none: break
        case .awaitsContinue: writeContinue(context: context)
        case .answer(let head, let body): receive(head, body: body, context: context)
        case .bodyCompleted(let body): exchanges.last?.body.set(body)
        case .bodyTooLarge: connection.abort()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        performer?.abandon()
        performer = nil
        waiting.removeAll()
        let cause: ConnectionEnd.Cause =
            connection.isEndedByServer ? .server : isReset ? .clientReset : .client
        for exchange in exchanges { exchange.finish(cause: cause) }
        context.fireChannelInactive()
    }

    /// An error from below: a reset, a malformed request, a failed handshake. None leaves a connection that
    /// could be used.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isReset = error is IOError || error is NIOHTTP2Errors.StreamClosed
        context.close(promise: nil)
    }

    private func writeContinue(context: ChannelHandlerContext) {
        guard stream == nil, performer == nil else { return }
        let line = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
        connection.clear.context?.writeAndFlush(NIOAny(line), promise: nil)
    }

    private func receive(_ head: HTTPRequestHead, body: [UInt8], context: ChannelHandlerContext) {
        let bytes = server.bytesWritten
        let progress = WriteProgress(eventLoop: context.eventLoop) { bytes.add($0) }
        let exchange = server.log.append { index in
            Exchange(
                ReceivedRequest(
                    index: index, connection: connection.number, stream: stream,
                    httpVersion: stream == nil ? "\(head.version)" : "HTTP/2",
                    method: head.method.rawValue, target: head.uri, headers: HeaderFields(head.headers),
                    body: body, arrival: .now),
                progress: progress)
        }
        guard let exchange, waiting.count < Self.maximumWaiting else { return connection.abort() }
        if server.configuration.answersAfter == .body { exchange.body.set(body) }
        exchanges.append(exchange)
        waiting.append(exchange)
        startNext(context: context)
    }

    private func startNext(context: ChannelHandlerContext) {
        guard performer == nil, !connection.isEndedByServer, let exchange = waiting.popFirst() else { return }
        let script = server.responder.script(for: exchange.request)
        let performer = ResponsePerformer(
            script, for: exchange, context: context, connection: connection
        ) { [self] keepsConnection in
            self.performer = nil
            if keepsConnection || stream != nil {
                startNext(context: context)
            } else {
                connection.closeOutput(tlsNotice: true)
            }
        }
        self.performer = performer
        performer.advance()
    }
}

extension HeaderFields {
    init(_ headers: HTTPHeaders) {
        self.init(headers.map { field in Field(name: field.name, value: field.value) })
    }
}
