import LAITesting
import Testing

@Suite("A responder", .timeLimit(.minutes(1)))
struct ResponderTests {
    @Test("answers with the route that matches")
    func routes() async throws {
        let responder = Responder.routes(
            Route("POST", "/v1/messages", .json("{\"a\":1}", status: 201)),
            Route(nil, "/v1/models*") { .text("models \($0.query ?? "-")") })
        try await ScriptedServer.withServer(answering: responder) { server in
            var lines: [String] = []
            for request in ["POST /v1/messages", "GET /v1/messages", "GET /v1/models/x?y", "GET /v1"] {
                lines.append(try await statusLine(of: request, from: server))
            }
            #expect(lines == ["201 Created", "404 Not Found", "200 OK", "404 Not Found"])
        }
    }

    @Test("answers in turn, and says when a request was not expected")
    func sequence() async throws {
        let responder = Responder.sequence(.text("busy", status: 429), .text("ok"))
        try await ScriptedServer.withServer(answering: responder) { server in
            var lines: [String] = []
            for _ in 0..<3 { lines.append(try await statusLine(of: "GET /", from: server)) }
            #expect(lines == ["429 Too Many Requests", "200 OK", "501 Not Implemented"])
        }
    }

    @Test("plays event streams and recordings as a server sends them")
    func bodies() async throws {
        let events = Script.sse("one\ntwo", .init("{}", name: "delta", id: "7"))
        let responder = Responder.sequence(
            events, .recording("abc".utf8, lengths: [1], headers: ["A": "b"]), .jsonLines("{}", "[]"))
        try await ScriptedServer.withServer(answering: responder) { server in
            var bodies: [String] = []
            for _ in 0..<3 {
                bodies += try await RawClient.withConnection(to: server.port) { client in
                    try await client.get(headers: "Connection: close\r\n")
                    return await client.readToEnd().text.split(separator: "\r\n\r\n", maxSplits: 1).suffix(1)
                        .map(String.init)
                }
            }
            let expected =
                "15\r\ndata: one\ndata: two\n\n\r\n1d\r\nevent: delta\nid: 7\ndata: {}\n\n\r\n0\r\n\r\n"
            #expect(bodies[0] == expected)
            #expect(bodies[1] == "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n")
            #expect(bodies[2] == "3\r\n{}\n\r\n3\r\n[]\n\r\n0\r\n\r\n")
        }
    }

    private func statusLine(of request: String, from server: ScriptedServer) async throws -> String {
        try await RawClient.withConnection(to: server.port) { client in
            try await client.send("\(request) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let line = await client.readToEnd().text.prefix { $0 != "\r\n" }
            return String(line.dropFirst("HTTP/1.1 ".count))
        }
    }
}
