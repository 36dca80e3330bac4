import NIOCore
import NIOHTTP1

/// Puts the parts of a request together and says when the server has to answer.
struct RequestAssembler {
    enum Event {
        case none
        /// The client waits for `100 Continue` before it sends the body.
        case awaitsContinue
        case answer(HTTPRequestHead, body: [UInt8])
        case bodyCompleted([UInt8])
        case bodyTooLarge
    }

    private let answersAfter: ScriptedServer.Configuration.AnswerPoint
    private let maximumBodyBytes: Int
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ configuration: ScriptedServer.Configuration) {
        answersAfter = configuration.answersAfter
        maximumBodyBytes = configuration.maximumBodyBytes
    }

    mutating func feed(_ part: HTTPServerRequestPart) -> Event {
        switch part {
        case .head(let head):
            self.head = head
            if answersAfter == .head { return .answer(head, body: []) }
            return head.headers["expect"].contains { $0.lowercased() == "100-continue" }
                ? .awaitsContinue : .none
        case .body(var bytes):
            guard body.readableBytes + bytes.readableBytes <= maximumBodyBytes else { return .bodyTooLarge }
            body.writeBuffer(&bytes)
            return .none
        case .end:
            defer { (head, body) = (nil, ByteBuffer()) }
            let bytes = Array(body.readableBytesView)
            guard answersAfter == .body, let head else { return .bodyCompleted(bytes) }
            return .answer(head, body: bytes)
        }
    }
}
