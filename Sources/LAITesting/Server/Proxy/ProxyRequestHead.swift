import NIOCore

/// The head of a request to a proxy.
struct ProxyRequestHead {
    let method: String
    let target: String
    let host: String
    let port: Int
    let headers: HeaderFields
    /// What follows the authority of an absolute URL.
    let path: String

    var isConnect: Bool { method == "CONNECT" }

    /// Takes a head off the front of `buffer`.
    ///
    /// - Returns: `nil` if it is not complete yet.
    /// - Throws: `MalformedProxyRequest` if it is no request to a proxy.
    static func read(from buffer: inout ByteBuffer) throws -> ProxyRequestHead? {
        let end: [UInt8] = Array("\r\n\r\n".utf8)
        guard let range = buffer.readableBytesView.firstRange(of: end),
            let text = buffer.readString(length: range.upperBound - buffer.readerIndex)
        else { return nil }
        return try ProxyRequestHead(lines: text.split(separator: "\r\n"))
    }

    private init(lines: [Substring]) throws {
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { throw MalformedProxyRequest() }
        method = String(words[0])
        target = String(words[1])
        headers = HeaderFields(
            lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                return HeaderFields.Field(name: String(line[..<colon]), value: String(value))
            })
        var authority = words[1]
        if method == "CONNECT" {
            path = ""
        } else {
            guard target.hasPrefix("http://") else { throw MalformedProxyRequest() }
            let rest = authority.dropFirst("http://".count)
            authority = rest.prefix { $0 != "/" && $0 != "?" }
            let path = rest.dropFirst(authority.count)
            self.path = path.hasPrefix("/") ? String(path) : "/" + path
        }
        (host, port) = try Self.split(authority, defaultPort: method == "CONNECT" ? nil : 80)
    }

    private static func split(_ authority: Substring, defaultPort: Int?) throws -> (String, Int) {
        let colon = authority.lastIndex(of: ":").flatMap { authority.hasSuffix("]") ? nil : $0 }
        let host = authority[..<(colon ?? authority.endIndex)].filter { $0 != "[" && $0 != "]" }
        let port = colon.map { Int(authority[authority.index(after: $0)...]) } ?? defaultPort
        guard let port, !host.isEmpty else { throw MalformedProxyRequest() }
        return (String(host), port)
    }

    /// The head as it is forwarded to the server: without what concerns the proxy, and for one request only,
    /// because the next one may be for another server.
    func forwarded() -> ByteBuffer {
        var text = "\(method) \(path) HTTP/1.1\r\n"
        for field in headers.fields {
            let name = field.name.lowercased()
            if name != "connection", !name.hasPrefix("proxy-") { text += "\(field.name): \(field.value)\r\n" }
        }
        return ByteBuffer(string: text + "Connection: close\r\n\r\n")
    }
}

/// A request that a proxy can do nothing with.
struct MalformedProxyRequest: Error {}
