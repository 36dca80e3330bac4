import Glibc
import LAICore

/// One small HTTP request to a server on this machine, without a library: status and body of a `GET`.
enum LoopbackHTTP {
    struct Response: Sendable {
        var status: Int
        var body: String
    }

    private static let limit = 262_144

    /// Asks `127.0.0.1:port`; nil when nobody listens, the answer is no HTTP, or a read takes longer than `timeout`.
    static func get(_ path: String, port: Int, apiKey: String? = nil, timeout: Duration) -> Response? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let (seconds, attoseconds) = timeout.components
        var wait = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
        guard LoopbackAddress.with(port: port, { connect(descriptor, $0, $1) }) == 0 else { return nil }

        let authorization = apiKey.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let request = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(authorization)Connection: close\r\n\r\n"
        guard sendAll(Array(request.utf8), to: descriptor) else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while answer.count < limit {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        return parse(String(decoding: answer, as: UTF8.self))
    }

    private static func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func parse(_ text: String) -> Response? {
        // A CR LF is one Character, so the head ends where two of them stand together.
        guard text.hasPrefix("HTTP/1."),
            let status = text.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        var previous: Character?
        var end = text.endIndex
        for index in text.indices {
            if text[index] == "\r\n" && previous == "\r\n" {
                end = text.index(after: index)
                break
            }
            previous = text[index]
        }
        return Response(status: status, body: String(text[end...]))
    }
}
