import LAITesting
import Testing

@Suite("A compressed script", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled))
struct GzipTests {
    @Test("is decoded to what it says", arguments: [ScriptedServer.Configuration.HTTPVersion.http1, .http2])
    func decoded(version: ScriptedServer.Configuration.HTTPVersion) async throws {
        let text = String(repeating: "All work and no play. ", count: 1000)
        let configuration = ScriptedServer.Configuration(security: .tls(.valid), httpVersion: version)
        let script = Script.json(text).gzipped()
        try await withCurl(configuration, answering: .always(script)) { server, trust in
            let outcome = try await Curl.run("--compressed", "--cacert", trust, server.baseURL)
            #expect(outcome.code == 0)
            #expect(outcome.output == text)
            #expect(server.bytesWritten < text.utf8.count / 10)
        }
    }

    @Test("can be decoded step by step")
    func streams() async throws {
        let script = Script([.text("first"), .stall]).gzipped()
        try await withCurl(.init(), answering: .always(script)) { server, _ in
            let outcome = try await Curl.run("--compressed", server.baseURL, stoppingAfter: "first")
            #expect(outcome.output == "first")
        }
    }

    @Test("is sent to a client that didn't ask for it, too")
    func unasked() async throws {
        try await withCurl(.init(), answering: .always(Script.text("abc").gzipped())) { server, _ in
            let outcome = try await Curl.run("--head", server.baseURL)
            #expect(outcome.code == 0)
            #expect(outcome.output.contains("Content-Encoding: gzip\r\n"))
            #expect(!outcome.output.contains("Content-Length"))
            #expect(server.requests.map { $0.headers["Accept-Encoding"] } == [nil])
        }
    }
}
