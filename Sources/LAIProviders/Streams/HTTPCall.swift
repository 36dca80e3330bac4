internal import AsyncHTTPClient
internal import LAICore
internal import LAIDialects
internal import NIOCore
internal import NIOHTTP1

/// All that one attempt at a streamed request needs.
struct HTTPCall: Sendable {
    var provider: String
    var dialect: Dialect
    var host: String
    /// The address with the path.
    var url: String
    var method: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]?
    var timeouts: Timeouts
    var recorder: (any ResponseRecorder)?
    /// Takes the API key out of anything that is shown.
    var scrubber: KeyScrubber
    var transport: HTTPTransport
    var configuration: TransportConfiguration
    var clock: (any StreamClock)?
    var warnings: [StreamWarning] = []

    func request() throws(LAIError) -> HTTPClient.Request {
        do {
            var fields = HTTPHeaders()
            for header in headers { fields.replaceOrAdd(name: header.name, value: header.value) }
            return try HTTPClient.Request(
                url: url, method: HTTPMethod(rawValue: method), headers: fields,
                body: body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
        } catch {
            throw LAIError(.configuration, "\(WebAddress.shown(url)) is not an address that LAI can call: \(error).", provider: provider)
        }
    }
}
