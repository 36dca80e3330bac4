import LAIChat
import LAICore
import LAIProviders
import LAIServer
import LAIStorage
import Testing

@Suite("What a server lets in")
struct SafetyTests {
    @Test("a name that was made to lead to this machine is refused")
    func rebinding() async throws {
        try await RunningServer.run { server in
            try await server.expect(421, from: "/lai/v1", headers: ["Host": "evil.example"])
            try await server.expect(200, from: "/lai/v1", headers: ["Host": "localhost:80"])
        }
    }

    @Test("a page of another site can neither read nor send", arguments: ["http://evil.example", "null", "http://127.0.0.1:1"])
    func crossSite(origin: String) async throws {
        try await RunningServer.run { server in
            try await server.expect(403, from: "/lai/v1/conversations", headers: ["Origin": origin])
            let sent = try await server.send("POST", "/lai/v1/conversations", [:], headers: ["Origin": origin])
            #expect(sent.status == 403)
            #expect(sent.json["code"]?.stringValue == "cross_site")
        }
    }

    @Test("the page's own requests are let in, and those of others who say where they come from are not")
    func fetchMetadata() async throws {
        try await RunningServer.run { server in
            try await server.expect(200, from: "/lai/v1", headers: ["Origin": server.base])
            try await server.expect(200, from: "/lai/v1", headers: ["Sec-Fetch-Site": "same-origin"])
            try await server.expect(403, from: "/lai/v1", headers: ["Sec-Fetch-Site": "cross-site"])
            try await server.expect(403, from: "/lai/v1", headers: ["Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"])
        }
    }

    @Test("a token is asked of everyone but the health check, and taken from a header, a cookie or the address")
    func token() async throws {
        try await RunningServer.run(MockProvider(), { $0.token = "secret" }) { server in
            let refused = try await server.get("/lai/v1")
            #expect(refused.status == 401)
            #expect(refused.headers["www-authenticate"] == "Bearer")
            #expect(try await server.get("/healthz").status == 200)
            try await server.expect(200, from: "/lai/v1", headers: ["Authorization": "Bearer secret"])
            try await server.expect(401, from: "/lai/v1", headers: ["Authorization": "Bearer secreT"])
            try await server.expect(200, from: "/lai/v1", headers: ["Cookie": "lai_token=secret"])
            #expect(try await server.get("/lai/v1?token=secret").status == 200)
        }
    }

    @Test("a form of another site cannot send JSON by calling it text")
    func contentType() async throws {
        try await RunningServer.run { server in
            let sent = try await server.send("POST", "/lai/v1/conversations", [:], headers: ["Content-Type": "text/plain"])
            #expect(sent.status == 415)
        }
    }

    @Test("a body that is too long is refused in a sentence")
    func bodyLimit() async throws {
        try await RunningServer.run(MockProvider(), { $0.bodyLimit = 1 << 20 }) { server in
            let sent = try await server.post("/lai/v1/conversations", ["title": .string(String(repeating: "x", count: 2 << 20))])
            #expect(sent.status == 413)
            #expect(sent.json["detail"]?.stringValue?.contains("1 MB") == true)
        }
    }

    @Test("every answer forbids scripts and pictures of elsewhere, and to be framed")
    func headers() async throws {
        try await RunningServer.run { server in
            for path in ["/healthz", "/lai/v1", "/nothing", "/assets/lai.css"] {
                let policy = try await server.get(path).headers["content-security-policy"] ?? ""
                #expect(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
            }
        }
    }

    @Test("what is wrong is told as a problem in JSON", arguments: [
        ("/lai/v1/nothing", 404), ("/lai/v1/conversations/x", 404), ("/lai/v1/conversations?limit=no", 400),
        ("/lai/v1/messages/01a20a6c-0961-7343-8395-160dc8c13d4a", 404), ("/lai/v1/streams/01a20a6c-0961-7343-8395-160dc8c13d4a/events", 404),
    ])
    func problems(path: String, status: Int) async throws {
        try await RunningServer.run { server in
            let answer = try await server.get(path)
            #expect(answer.status == status)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.json["status"]?.intValue == status)
            #expect(answer.json["detail"]?.stringValue?.isEmpty == false)
        }
    }
}
