import LAIProviders
import Testing

@Suite("An address")
struct WebAddressTests {
    @Test("has a scheme, a host, a port and a path", arguments: [
        ("http://localhost:11434", "http", "localhost", 11434, ""), ("https://api.openai.com/v1", "https", "api.openai.com", nil, "/v1"),
        ("https://api.openai.com/v1/", "https", "api.openai.com", nil, "/v1"), ("HTTPS://Host/", "https", "Host", nil, ""),
        ("https://host/a/b//?api-version=1#f", "https", "host", nil, "/a/b"), ("https://host?x=1", "https", "host", nil, ""),
        ("http://[::1]:8080/v1", "http", "::1", 8080, "/v1"), ("http://[fe80::1]", "http", "fe80::1", nil, ""),
        ("socks5://10.0.0.1:1080", "socks5", "10.0.0.1", 1080, ""), ("http://host:", "http", "host", nil, ""),
        ("http://host/a@b:c", "http", "host", nil, "/a@b:c"),
    ] as [(String, String, String, Int?, String)])
    func parts(text: String, scheme: String, host: String, port: Int?, path: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.scheme == scheme)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.path == path)
        #expect(address.user == nil)
        #expect(address.password == nil)
    }

    @Test("may have a user and a password, percent-encoded", arguments: [
        ("http://user:pass@host:1", "user", "pass"), ("http://user@host", "user", nil), ("http://us%40er:p%3A%2f%C3%BC@host", "us@er", "p:/ü"),
        ("http://user:a:b@host", "user", "a:b"), ("http://user:a@b@host", "user", "a@b"), ("http://user:100%@host", "user", "100%"),
        ("http://user:%zz@host", "user", "%zz"),
    ] as [(String, String, String?)])
    func credentials(text: String, user: String, password: String?) throws {
        let address = try #require(WebAddress(text))
        #expect(address.user == user)
        #expect(address.password == password)
        #expect(address.host == "host")
    }

    @Test("is none without a scheme, without a host or with a port that is none", arguments: [
        "", "localhost", "localhost:11434", "//host", "http:/host", "http://", "http:///v1", "http://:80", "http://host:0",
        "http://host:65536", "http://host:x", "http://host:-1", "://host", "1http://host", "ht tp://host", "http://ho st", "http://[::1",
        "http://[::1]x", "http://ho%73t", "http://ho\\st", "http://user@",
    ])
    func none(text: String) {
        #expect(WebAddress(text) == nil)
    }
}
