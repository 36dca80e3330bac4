import LAITesting
import Testing

@Suite("The end of a connection", .timeLimit(.minutes(1)))
struct EndTests {
    @Test("is a FIN without the last chunk after close")
    func truncated() async throws {
        let script: Script = [.text("abc"), .close()]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let (text, end) = try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                return await client.readToEnd()
            }
            #expect(text == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
            #expect(end == .closed)
            let request = try await server.nextRequest()
            #expect(try await server.connectionClosed(for: request).cause == .server)
        }
    }

    @Test("is a RST after reset")
    func reset() async throws {
        let gate = Gate()
        let script: Script = [.text("abc"), .pause(gate), .reset]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let end = try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                #expect(try await client.expect(head) == nil)
                gate.open()
                return await client.readToEnd().end
            }
            #expect(end == .reset)
        }
    }

    @Test("comes without a byte from a script without a step")
    func empty() async throws {
        try await ScriptedServer.withServer(answering: .always([])) { server in
            let (text, end) = try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                return await client.readToEnd()
            }
            #expect(text.isEmpty)
            #expect(end == .closed)
        }
    }

    @Test(
        "is seen at once when the client leaves",
        arguments: [
            ([Script.Step.head(), .stall], ""),
            ([.text("a"), .pause(Gate())], "1\r\na\r\n"),
            ([.text("a"), .pause(.seconds(3600))], "1\r\na\r\n"),
            ([.pauseReading, .text("a"), .stall], "1\r\na\r\n"),
        ])
    func clientLeaves(steps: [Script.Step], body: String) async throws {
        try await ScriptedServer.withServer(answering: .always(Script(steps))) { server in
            let request = try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                #expect(try await client.expect(head + body) == nil)
                return try await server.nextRequest()
            }
            let left = ContinuousClock.now
            let end = try await server.connectionClosed(for: request)
            #expect(end.cause == .client)
            #expect(end.instant < left + .seconds(2))
        }
    }

    @Test("is a reset when the client leaves with bytes unread")
    func clientResets() async throws {
        let chunk = [UInt8](repeating: 65, count: 4096)
        try await ScriptedServer.withServer(
            .init(sendBufferBytes: 16384), answering: .always([.endless(chunk)])
        ) { server in
            try await DeafClient.withRequest(to: server.port) {
                _ = try await server.backPressure(on: server.nextRequest())
            }
            let end = try await server.connectionClosed(for: server.requests[0])
            #expect(end.cause == .clientReset)
            #expect(end.bytesWritten > 0)
        }
    }

    @Test("is seen although other responses never end")
    func amongEndless() async throws {
        let script = Script([.endless([UInt8](repeating: 65, count: 30000))]).gzipped()
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await RawClient.withConnection(to: server.port) { client in
                            try await client.get()
                            #expect(try await client.expect("HTTP/1.1 200 OK\r\n") == nil)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for request in server.requests {
                #expect(try await server.connectionClosed(for: request).cause != .server)
            }
            #expect(server.requests.count == 20)
        }
    }

    @Test("comes with the end of the server's scope")
    func scopeEnds() async throws {
        let (started, ended) = (Gate(), Gate())
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await ScriptedServer.withServer(answering: .always([.text("a"), .stall])) { server in
                let port = server.port
                group.addTask {
                    let text = try await RawClient.withConnection(to: port) { client in
                        try await client.get()
                        started.open()
                        return await client.readToEnd().text
                    }
                    #expect(text.hasSuffix("1\r\na\r\n") || text.isEmpty)
                    ended.open()
                }
                try await started.wait()
            }
            try await ended.wait()
        }
    }

    @Test("can come before any request", arguments: [
        (ScriptedServer.Configuration.ConnectionBehaviour.close, RawClient.End.closed), (.reset, .reset),
    ])
    func beforeRequests(
        behaviour: ScriptedServer.Configuration.ConnectionBehaviour, expected: RawClient.End
    ) async throws {
        let configuration = ScriptedServer.Configuration { $0 == 0 ? behaviour : .serve }
        try await ScriptedServer.withServer(configuration, answering: .always(.text("ok"))) { server in
            do {
                let end = try await RawClient.withConnection(to: server.port) { await $0.readToEnd().end }
                #expect(end == expected)
            } catch {
                // The reset can come before the client knows that it is connected.
                #expect(expected == .reset)
            }
            try await RawClient.withConnection(to: server.port) { client in
                try await client.get()
                #expect(try await client.expect("HTTP/1.1 200 OK\r\n") == nil)
            }
            #expect(server.connectionCount == 2)
        }
    }
}
