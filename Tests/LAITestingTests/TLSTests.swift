import LAITesting
import Testing

@Suite("A scripted server over TLS", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled))
struct TLSTests {
    @Test("presents a certificate that the test authority vouches for")
    func valid() async throws {
        try await withCurl(.tls()) { server, trust in
            for host in ["127.0.0.1", "localhost"] {
                let outcome = try await Curl.run("--cacert", trust, server.baseURL(host: host) + "/a")
                #expect(outcome.code == 0)
                #expect(outcome.output == "ok")
            }
            #expect(server.requests.map(\.path) == ["/a", "/a"])
        }
    }

    @Test("presents certificates that a client must not accept", arguments: [
        TestCertificate.wrongHost, .expired, .untrusted,
    ])
    func invalid(certificate: TestCertificate) async throws {
        try await withCurl(.tls(certificate)) { server, trust in
            let outcome = try await Curl.run("--cacert", trust, server.baseURL)
            #expect(outcome.code == Curl.untrustedCertificate)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("ends a truncated body with and without goodbye", arguments: [true, false])
    func truncated(tlsNotice: Bool) async throws {
        let script: Script = [.text("abc"), .close(tlsNotice: tlsNotice)]
        try await ScriptedServer.withServer(.tls(), answering: .always(script)) { server in
            let (text, end) = try await RawClient.withConnection(
                to: server.port, trust: TestCertificate.authorityPEM
            ) { client in
                try await client.get()
                return await client.readToEnd()
            }
            #expect(text.hasSuffix("\r\n\r\n3\r\nabc\r\n"))
            #expect(end == (tlsNotice ? .closed : .cut))
            let seen = try await server.connectionClosed(for: server.nextRequest())
            #expect(seen.cause == .server)
        }
    }

    @Test("resets the connection")
    func reset() async throws {
        try await withCurl(.tls(), answering: .always([.text("abc"), .reset])) { server, trust in
            let outcome = try await Curl.run("--cacert", trust, server.baseURL)
            #expect(outcome.code == Curl.receiveError)
        }
    }

    @Test("sees at once that the client leaves a stalled stream")
    func clientLeaves() async throws {
        try await withCurl(.tls(), answering: .always([.text("abc"), .stall])) { server, trust in
            let outcome = try await Curl.run(
                "--cacert", trust, server.baseURL, stoppingAfter: "abc")
            let left = ContinuousClock.now
            #expect(outcome.output == "abc")
            let end = try await server.connectionClosed(for: server.nextRequest())
            #expect(end.cause != .server)
            #expect(end.instant < left + .seconds(2))
        }
    }

    @Test("lets a handshake wait forever")
    func silent() async throws {
        let configuration = ScriptedServer.Configuration(security: .tls(.valid)) { _ in .ignore }
        try await withCurl(configuration) { server, trust in
            let outcome = try await Curl.run("--max-time", "1", "--cacert", trust, server.baseURL)
            #expect(outcome.code == Curl.timedOut)
            #expect(server.connectionCount == 1)
        }
    }
}

/// A server and the path of a file with the authority that vouches for it.
func withCurl(
    _ configuration: ScriptedServer.Configuration, answering responder: Responder = .always(.text("ok")),
    _ body: (ScriptedServer, _ trust: String) async throws -> Void
) async throws {
    try await TestCertificate.withAuthorityFile { path in
        try await ScriptedServer.withServer(configuration, answering: responder) { server in
            try await body(server, path)
        }
    }
}
