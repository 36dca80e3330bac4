import LAITesting
import Testing

@Suite("A scripted server sends over HTTP/1", .timeLimit(.minutes(1)))
struct ScriptTests {
    @Test("a chunked body, each step as one chunk")
    func chunks() async throws {
        let script: Script = [
            .head(200, ["X-Test": "1"]), .text("hello"), .bytes([]), .text("0123456789abcdef"), .end,
        ]
        let expected =
            "HTTP/1.1 200 OK\r\nX-Test: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                for _ in 0..<2 {
                    try await client.get()
                    #expect(try await client.expect(expected) == nil)
                }
            }
            #expect(server.requests.map(\.connection) == [0, 0])
            #expect(server.bytesWritten == 2 * 21)
        }
    }

    @Test(
        "a body cut as asked",
        arguments: [
            (Script.ChunkSizes.oneBytePackets, "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n1\r\nd\r\n1\r\ne\r\n"),
            (.each(2), "2\r\nab\r\n2\r\ncd\r\n1\r\ne\r\n"),
            (.lengths([3, 0, 1]), "3\r\nabc\r\n1\r\nd\r\n1\r\ne\r\n"),
            (.lengths([9]), "5\r\nabcde\r\n"),
            (.whole, "5\r\nabcde\r\n"),
        ])
    func cutting(sizes: Script.ChunkSizes, expected: String) async throws {
        let script: Script = [.body("abcde".utf8, chunkSizes: sizes)]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                #expect(try await client.expect(head + expected + "0\r\n\r\n") == nil)
            }
        }
    }

    @Test("nothing of a step before its gate is open")
    func gates() async throws {
        let gates = [Gate(), Gate()]
        let reached = Gate()
        let script: Script = [
            .head(), .pause(gates[0]), .text("a"), .open(reached), .pause(gates[1]), .text("b"),
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                #expect(try await client.expect(head) == nil)
                #expect(client.received.isEmpty)
                #expect(!reached.isOpen)
                gates[0].open()
                #expect(try await client.expect("1\r\na\r\n") == nil)
                try await reached.wait()
                #expect(client.received.isEmpty)
                gates[1].open()
                #expect(try await client.expect("1\r\nb\r\n0\r\n\r\n") == nil)
            }
        }
    }

    @Test("raw bytes past all framing")
    func raw() async throws {
        let script: Script = [.rawText("HTP/9 nonsense\n\u{0}"), .end]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                #expect(try await client.expect("HTP/9 nonsense\n\u{0}") == nil)
                try await client.get()
                #expect(try await client.expect("HTP/9 nonsense\n\u{0}") == nil)
            }
        }
    }

    @Test("a body without length or chunks until it closes")
    func untilClose() async throws {
        let script: Script = [.head(200, framing: .untilClose), .text("ab"), .text("c"), .end]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let (text, end) = try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                return await client.readToEnd()
            }
            #expect(text == "HTTP/1.1 200 OK\r\n\r\nabc")
            #expect(end == .closed)
        }
    }

    @Test("no chunks to a client of HTTP/1.0, and closes after the body")
    func oldClient() async throws {
        try await ScriptedServer.withServer(answering: .always([.text("abc")])) { server in
            let (text, end) = try await RawClient.withConnection(to: server.port) { client in
                try await client.get(version: "1.0")
                return await client.readToEnd()
            }
            #expect(text == "HTTP/1.1 200 OK\r\n\r\nabc")
            #expect(end == .closed)
            #expect(server.requests.map(\.httpVersion) == ["HTTP/1.0"])
        }
    }

    @Test("informational heads, reasons and repeated fields as scripted")
    func heads() async throws {
        let script: Script = [
            .head(103, ["Link": "</a>"], reason: "Early Hints"),
            .head(529, ["A": "1", "a": "2"], reason: "Overloaded"),
            .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                let expected =
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                    + "HTTP/1.1 529 Overloaded\r\nA: 1\r\na: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                #expect(try await client.expect(expected) == nil)
            }
        }
    }

    @Test("no body to HEAD")
    func headRequest() async throws {
        try await ScriptedServer.withServer(answering: .always(.json("{}"))) { server in
            try await RawClient.withConnection(to: server.port) { client in
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
                try await client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
                #expect(try await client.expect(head) == nil)
                try await client.get()
                #expect(try await client.expect(head + "{}") == nil)
            }
        }
    }

    @Test("answers to requests sent ahead, in their order")
    func pipelining() async throws {
        let script = Responder { .text($0.path) }
        try await ScriptedServer.withServer(answering: script) { server in
            let (text, _) = try await RawClient.withConnection(to: server.port) { client in
                try await client.send(
                    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return await client.readToEnd()
            }
            #expect(text.hasSuffix("/2"))
            #expect(text.contains("\r\n\r\n/1HTTP/1.1 200 OK\r\n"))
        }
    }
}
