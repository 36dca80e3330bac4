import LAITesting
import Testing

@Suite("A scripted server records", .timeLimit(.minutes(1)))
struct RequestTests {
    @Test("what the client sent")
    func recording() async throws {
        try await ScriptedServer.withServer(answering: .always(.text("ok"))) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send(
                    "POST /v1/chat?beta=1&x HTTP/1.1\r\nHost: test\r\nX-Key: a\r\nx-key: b\r\n"
                        + "Content-Length: 5\r\n\r\nhel")
                try await client.send("lo")
                #expect(try await client.expect("HTTP/1.1 200 OK\r\n") == nil)
            }
            let request = try await server.nextRequest()
            #expect(request.method == "POST")
            #expect(request.target == "/v1/chat?beta=1&x")
            #expect(request.path == "/v1/chat")
            #expect(request.query == "beta=1&x")
            #expect(request.headers["HOST"] == "test")
            #expect(request.headers.values(of: "x-KEY") == ["a", "b"])
            #expect(request.headers["missing"] == nil)
            #expect(request.text == "hello")
            #expect(request.httpVersion == "HTTP/1.1")
            #expect(request.stream == nil)
        }
    }

    @Test("connections and the order of arrival")
    func numbering() async throws {
        try await ScriptedServer.withServer(answering: .always(.text("ok"))) { server in
            for path in ["/a", "/b"] {
                try await RawClient.withConnection(to: server.port) { client in
                    for _ in 0..<2 {
                        try await client.get(path)
                        _ = try await server.nextRequest()
                    }
                }
            }
            #expect(server.requests.map(\.index) == [0, 1, 2, 3])
            #expect(server.requests.map(\.connection) == [0, 0, 1, 1])
            #expect(server.connectionCount == 2)
        }
    }

    @Test("each request for one waiter only, before or after it arrives")
    func waiting() async throws {
        try await ScriptedServer.withServer(answering: .always(.text("ok"))) { server in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 { group.addTask { try await server.nextRequest().index } }
                for _ in 0..<3 {
                    try await RawClient.withConnection(to: server.port) { client in
                        try await client.get(headers: "Connection: close\r\n")
                        _ = await client.readToEnd()
                    }
                }
                var seen: Set<Int> = []
                for try await index in group { seen.insert(index) }
                #expect(seen == [0, 1, 2])
            }
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await server.nextRequest() }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.next() }
            }
        }
    }

    @Test("a body that is still on its way, when it answers at the head")
    func answersAtHead() async throws {
        let configuration = ScriptedServer.Configuration(answersAfter: .head)
        let refusal = Script.text("early", status: 413)
        try await ScriptedServer.withServer(configuration, answering: .always(refusal)) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
                #expect(try await client.expect("HTTP/1.1 413 Payload Too Large\r\n") == nil)
                let request = try await server.nextRequest()
                #expect(request.body.isEmpty)
                try await client.send("body")
                #expect(try await server.body(of: request) == Array("body".utf8))
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo")
            }
            let second = try await server.nextRequest()
            await #expect(throws: ScriptedServerError.incompleteBody) { try await server.body(of: second) }
        }
    }

    @Test("a body that the client sends after 100 Continue")
    func expectContinue() async throws {
        try await ScriptedServer.withServer(answering: .always(.text("ok"))) { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                #expect(try await client.expect("HTTP/1.1 100 Continue\r\n\r\n") == nil)
                try await client.send("hi")
                #expect(try await client.expect("HTTP/1.1 200 OK\r\n") == nil)
            }
            #expect(server.requests.map(\.text) == ["hi"])
        }
    }

    @Test("no body beyond its bound")
    func bound() async throws {
        let configuration = ScriptedServer.Configuration(maximumBodyBytes: 4)
        try await ScriptedServer.withServer(configuration, answering: .always(.text("ok"))) { server in
            let text = try await RawClient.withConnection(to: server.port) { client in
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                return await client.readToEnd().text
            }
            #expect(text.isEmpty)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("no more of an upload than it reads", .enabled(if: Curl.isInstalled), arguments: [true, false])
    func pausedUpload(reads: Bool) async throws {
        let script: Script = [reads ? .resumeReading : .pauseReading, .stall]
        let configuration = ScriptedServer.Configuration(answersAfter: .head, maximumBodyBytes: 32 << 20)
        try await ScriptedServer.withServer(configuration, answering: .always(script)) { server in
            let outcome = try await Curl.run(
                "--upload-file", "/dev/zero", "--header", "Expect:", "--max-time", reads ? "30" : "1",
                server.baseURL)
            // An upload that is read comes to the bound and is closed there.
            #expect((outcome.code == Curl.timedOut) == !reads)
        }
    }

    @Test("how far a client that doesn't read lets an endless body come")
    func backPressure() async throws {
        let script: Script = [.endless([UInt8](repeating: 65, count: 1000))]
        let configuration = ScriptedServer.Configuration(sendBufferBytes: 16384)
        try await ScriptedServer.withServer(configuration, answering: .always(script)) { server in
            try await DeafClient.withRequest(to: server.port) {
                let request = try await server.nextRequest()
                let bytes = try await server.backPressure(on: request)
                #expect((1..<4 << 20).contains(bytes))
                #expect(bytes % 1000 == 0)
                #expect(try server.bytesWritten(for: request) >= bytes)
                #expect(server.bytesWritten < 4 << 20)
            }
        }
    }
}
