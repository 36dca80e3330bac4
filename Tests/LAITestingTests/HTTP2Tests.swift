import LAITesting
import Testing

@Suite("A scripted server over HTTP/2", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled))
struct HTTP2Tests {
    @Test("performs the same scripts")
    func script() async throws {
        let script: Script = [.head(201, ["X-Test": "1"]), .body("abcdef".utf8, chunkSizes: .oneBytePackets)]
        try await withCurl(.http2, answering: .always(script)) { server, trust in
            let outcome = try await Curl.run(
                "--http2", "--include", "--cacert", trust, "--data", "hello", server.baseURL + "/a",
                server.baseURL + "/b?c")
            #expect(outcome.code == 0)
            let expected = "HTTP/2 201 \r\nx-test: 1\r\n\r\nabcdef"
            #expect(outcome.output == expected + expected)
            let requests = server.requests
            #expect(requests.map(\.target) == ["/a", "/b?c"])
            #expect(requests.map(\.text) == ["hello", "hello"])
            #expect(requests.map(\.httpVersion) == ["HTTP/2", "HTTP/2"])
            #expect(requests.map(\.connection) == [0, 0])
            #expect(requests.map(\.stream) == [1, 3])
            #expect(requests.first?.headers["HOST"] == "127.0.0.1:\(server.port)")
        }
    }

    @Test("speaks HTTP/1.1 with a client that wants it")
    func negotiation() async throws {
        try await withCurl(.http2) { server, trust in
            let outcome = try await Curl.run("--http1.1", "--cacert", trust, server.baseURL)
            #expect(outcome.output == "ok")
            #expect(server.requests.map(\.httpVersion) == ["HTTP/1.1"])
        }
    }

    @Test("speaks it in clear by prior knowledge")
    func priorKnowledge() async throws {
        try await withCurl(.init(httpVersion: .http2)) { server, _ in
            let outcome = try await Curl.run("--http2-prior-knowledge", server.baseURL)
            #expect(outcome.output == "ok")
            #expect(server.requests.map(\.httpVersion) == ["HTTP/2"])
        }
    }

    @Test("truncates a body", arguments: [
        (Script.Step.close(), Curl.partialFile),
        (.close(tlsNotice: false), Curl.partialFile),
        (.reset, Curl.receiveError),
        (.resetStream(code: 2), Curl.http2StreamError),
    ])
    func truncated(step: Script.Step, code: Int32) async throws {
        let script: Script = [.text("abc"), .pause(.milliseconds(50)), step]
        try await withCurl(.http2, answering: .always(script)) { server, trust in
            let outcome = try await Curl.run("--http2", "--cacert", trust, server.baseURL)
            #expect(outcome.code == code)
            #expect(outcome.output == "abc")
        }
    }

    @Test("sees at once that the client leaves a stalled stream")
    func clientLeaves() async throws {
        try await withCurl(.http2, answering: .always([.text("abc"), .stall])) { server, trust in
            let outcome = try await Curl.run(
                "--http2", "--cacert", trust, server.baseURL, stoppingAfter: "abc")
            let left = ContinuousClock.now
            #expect(outcome.output == "abc")
            let end = try await server.connectionClosed(for: server.nextRequest())
            #expect(end.cause != .server)
            #expect(end.instant < left + .seconds(2))
        }
    }

    @Test("writes raw bytes between the frames")
    func raw() async throws {
        // GOAWAY: nine bytes of frame header, the last stream, no error.
        let goAway: [UInt8] = [0, 0, 8, 7, 0, 0, 0, 0, 0] + [0, 0, 0, 1, 0, 0, 0, 0]
        let responder = Responder { request in
            [.rawBytes(request.index == 0 ? goAway : []), .head(), .text("ok")]
        }
        try await withCurl(.http2, answering: responder) { server, trust in
            let outcome = try await Curl.run(
                "--http2", "--cacert", trust, server.baseURL, server.baseURL)
            #expect(outcome.output == "okok")
            #expect(server.requests.map(\.connection) == [0, 1])
        }
    }
}
