import LAICore
import LAIProviders
import LAIServer
import Testing

@testable import LAIServer

@Suite("Methods")
struct MethodTests {
    @Test("HEAD is answered as GET is, without the body", arguments: ["/", "/healthz", "/lai/v1", "/assets/lai.css", "/lai/v1/nothing", "/lai/v1/conversations/x", "/lai/v1/export?format=no"])
    func head(path: String) async throws {
        try await RunningServer.run { server in
            let (whole, head) = (try await server.get(path), try await server.send("HEAD", path))
            #expect(head.status == whole.status)
            #expect(head.headers["content-length"] == whole.headers["content-length"])
            #expect(head.headers["content-type"] == whole.headers["content-type"])
            #expect(head.text.isEmpty)
        }
    }

    @Test("HEAD of what has no length known before is answered at once, and tells none", arguments: ["/lai/v1/events", "/lai/v1/export"])
    func headOfStreams(path: String) async throws {
        try await RunningServer.run { server in
            let head = try await server.send("HEAD", path)
            #expect(head.status == 200)
            #expect(head.headers["content-length"] == nil)
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test("a method that an address does not know is refused with those that it knows", arguments: [
        ("PUT", "/", "GET, HEAD"), ("POST", "/healthz", "GET, HEAD"), ("DELETE", "/lai/v1/conversations", "GET, HEAD, POST"),
        ("GET", "/lai/v1/import", "POST"), ("HEAD", "/lai/v1/import", "POST"), ("OPTIONS", "/lai/v1/settings", "GET, HEAD, PATCH"),
        ("PROPFIND", "/lai/v1/conversations/x", "DELETE, GET, HEAD, PATCH"), ("POST", "/lai/v1/providers/openai/key", "DELETE, PUT"),
    ])
    func refused(method: String, path: String, allowed: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send(method, path)
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == allowed)
            #expect(answer.text.isEmpty == (method == "HEAD"))
            if method != "HEAD" { #expect(answer.json["code"]?.stringValue == "method_not_allowed") }
            #expect(try await server.send(method, "/nothing").status == 404)
        }
    }

    @Test("a host is read whole, and what is none is none", arguments: [
        ("localhost", "localhost"), ("LOCALHOST:80", "localhost"), ("[::1]:4187", "::1"), ("[::1]", "::1"), ("localhost:", "localhost"),
        ("localhost:80@evil.com", nil), ("[127.0.0.1]evil", nil), ("[::1", nil), ("localhost:80:80", nil), ("localhost:x", nil),
    ] as [(String, String?)])
    func host(authority: String, expected: String?) {
        #expect(HostNames.host(of: authority) == expected)
    }

    @Test("a second host is refused, and the word Bearer is written in any way")
    func headers() async throws {
        try await RunningServer.run(MockProvider(), { $0.token = "secret" }) { server in
            for word in ["Bearer", "bearer", "BEARER"] {
                try await server.expect(200, from: "/lai/v1", headers: ["Authorization": "\(word) secret"])
            }
            try await server.expect(401, from: "/lai/v1", headers: ["Authorization": "secret"])
        }
    }
}
