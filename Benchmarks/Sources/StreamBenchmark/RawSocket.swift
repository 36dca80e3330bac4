#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

import Measuring

/// The least that a client can do: connect, send, and read until the first text.
enum RawSocket {
    static func firstToken(host: String, port: Int) -> Int {
        let start = ProcessUsage.microseconds()
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
        guard isConnected else { return 0 }
        let body = #"{"model":"bench-n2-d1000-k1-t0","messages":[{"role":"user","content":"hi"}],"stream":true}"#
        let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        let request = Array((head + body).utf8)
        _ = send(descriptor, request, request.count, 0)
        var received = ""
        var buffer = [UInt8](repeating: 0, count: 65536)
        while !received.contains(#""delta":{"content":"#) || received.split(separator: "\n\n").count < 2 {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { break }
            received += String(decoding: buffer[..<count], as: UTF8.self)
            if received.components(of: #""content":""#) > 1 { break }
        }
        return ProcessUsage.microseconds() - start
    }
}

extension String {
    fileprivate func components(of text: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
