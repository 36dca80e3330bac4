import NIOCore
import NIOHTTP1

/// A part of a response, between the performer of a script and the encoder of an HTTP version.
enum ResponsePart {
    case head(ResponseHead)
    case chunk(ByteBuffer)
    case end
    /// HTTP/2 only.
    case resetStream(code: Int)
}

/// A head with everything decided that depends on the request.
struct ResponseHead {
    enum BodyFraming {
        /// What the body holds is written as it is: it has a length, ends at the close, or there is none.
        case plain
        case chunked
    }

    var status: HTTPResponseStatus
    var headers: HTTPHeaders
    var framing: BodyFraming
    /// Whether the connection takes another request after this response.
    var keepsConnection: Bool

    /// The head that a script asks for as the answer to `request`.
    init(_ head: Script.Head, to request: ReceivedRequest, gzipped: Bool) {
        status = head.reason.map { .custom(code: UInt(head.status), reasonPhrase: $0) }
            ?? HTTPResponseStatus(statusCode: head.status)
        headers = HTTPHeaders(head.headers.fields.map { ($0.name, $0.value) })
        if gzipped, !head.isInformational {
            headers.remove(name: "Content-Length")
            headers.replaceOrAdd(name: "Content-Encoding", value: "gzip")
        }
        let isOldClient = request.httpVersion == "HTTP/1.0"
        let hasBody = !head.isInformational && ![204, 304].contains(head.status)
        if !hasBody || headers.contains(name: "Content-Length") {
            framing = .plain
        } else if headers.contains(name: "Transfer-Encoding") {
            framing = .chunked
        } else if head.framing == .untilClose || isOldClient {
            framing = .plain
        } else {
            framing = .chunked
            headers.add(name: "Transfer-Encoding", value: "chunked")
        }
        let endsAtClose = hasBody && framing == .plain && !headers.contains(name: "Content-Length")
        keepsConnection = !endsAtClose && !isOldClient
            && !head.headers.holds("close", in: "Connection")
            && !request.headers.holds("close", in: "Connection")
    }
}
