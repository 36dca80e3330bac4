import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A connection over TLS", .timeLimit(.minutes(2)))
struct TLSTests {
    @Test("is refused when the certificate cannot be trusted", arguments: [
        (TestCertificate.untrusted, "its certificate is not trusted"), (.expired, "its certificate is not trusted"),
        (.wrongHost, "the certificate is for another host"),
    ])
    func untrusted(certificate: TestCertificate, reason: String) async throws {
        try await TestCertificate.withAuthorityFile { path in
            try await ScriptedServer.withServer(.tls(certificate), answering: .always(.text("ok"))) { server in
                let provider = WireProvider.acme(at: server.baseURL, trustRoots: path)
                let error = try await provider.ask().outcome().error()
                #expect(error.code == .tls)
                #expect(error.message == "The connection to acme at 127.0.0.1:\(server.port) is not secure: \(reason).")
                #expect(!error.isRetryable)
                #expect(server.requests.isEmpty)

                let listing = await #expect(throws: LAIError.self) { try await provider.models() }
                #expect(listing?.code == .tls)
            }
        }
    }

    @Test("is refused when the authority is not among the trusted ones")
    func unknownAuthority() async throws {
        try await ScriptedServer.withServer(.tls(), answering: .always(.text("ok"))) { server in
            let error = try await WireProvider.acme(at: server.baseURL).ask().outcome().error()
            #expect(error.code == .tls)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("is refused by a server that speaks in clear")
    func clear() async throws {
        try await ScriptedServer.withServer(answering: .always(.text("ok"))) { server in
            let error = try await WireProvider.acme(at: "https://127.0.0.1:\(server.port)").ask().outcome().error()
            #expect(error.code == .tls)
        }
    }

    @Test("gives the same answer over each version of HTTP", arguments: Dialect.allCases, [
        (ScriptedServer.Configuration.tls(), "HTTP/1.1"), (.http2, "HTTP/2"),
    ])
    func answers(dialect: Dialect, way: (configuration: ScriptedServer.Configuration, version: String)) async throws {
        try await TestCertificate.withAuthorityFile { path in
            let script = dialect.answer("Grüß ", "Gott 👩‍👩‍👧")
            try await ScriptedServer.withServer(way.configuration, answering: .always(script)) { server in
                for host in ["127.0.0.1", "localhost"] {
                    let provider = WireProvider.acme(dialect, at: server.baseURL(host: host), trustRoots: path)
                    let outcome = try await provider.ask().outcome()
                    #expect(outcome.text == "Grüß Gott 👩‍👩‍👧")
                    #expect(outcome.end.reason == .stop)
                    #expect(outcome.warnings.isEmpty)
                }
                #expect(server.requests.map(\.httpVersion) == [way.version, way.version])
                #expect(server.requests.map(\.path) == [dialect.chatPath, dialect.chatPath])
            }
        }
    }

    @Test("breaks off without a loss of what came", arguments: [
        (ScriptedServer.Configuration.tls(), Script.Step.close()), (.tls(), .close(tlsNotice: false)), (.tls(), .reset),
        (.http2, .close()), (.http2, .resetStream()), (.http2, .reset),
    ])
    func breaks(configuration: ScriptedServer.Configuration, step: Script.Step) async throws {
        try await TestCertificate.withAuthorityFile { path in
            let (answer, gate) = (WireAnswer(.openAIChat, ["Hel", "lo"]), Gate())
            let script: Script = [.head(200, .eventStream), .text(answer.start + answer.texts[0]), .pause(gate), step]
            try await ScriptedServer.withServer(configuration, answering: .always(script)) { server in
                let outcome = try await WireProvider.acme(at: server.baseURL, trustRoots: path).ask()
                    .outcome { text in if text == "Hel" { gate.open() } }
                #expect(outcome.text == "Hel")
                #expect(outcome.end.reason == .interrupted)
                #expect(try outcome.error().code == .interrupted)
                #expect(try outcome.error().partial?.text == "Hel")
            }
        }
    }

    @Test("needs a file of certificates that can be read")
    func noFile() async throws {
        let provider = WireProvider.acme(at: "https://127.0.0.1:1", trustRoots: "/nonexistent/authorities.pem")
        let error = try await provider.ask().outcome().error()
        #expect(error.code == .file)
        #expect(error.message.contains("/nonexistent/authorities.pem"))
        let listing = await #expect(throws: LAIError.self) { try await provider.models() }
        #expect(listing?.code == .file)
    }
}
