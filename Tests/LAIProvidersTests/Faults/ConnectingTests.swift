import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A connection that fails", .timeLimit(.minutes(2)))
struct ConnectingTests {
    @Test("is an error that says it was refused, and asks whether the server runs", arguments: Dialect.allCases)
    func refused(dialect: Dialect) async throws {
        try await RefusedPort.withPort { port in
            let error = try await WireProvider.acme(dialect, at: "http://127.0.0.1:\(port)").ask().outcome().error()
            #expect(error.code == .connection)
            #expect(error.message == "No connection to acme at 127.0.0.1:\(port): connection refused. Is the server running?")
            #expect(error.provider == "acme")
            #expect(error.status == nil)
            #expect(error.isRetryable)
            #expect(error.partial == nil)
        }
    }

    @Test("is an error of names when the host does not exist")
    func unknownHost() async throws {
        let error = try await WireProvider.acme(at: "http://does-not-exist.invalid").ask().outcome().error()
        #expect(error.code == .dns)
        #expect(error.message == "The host does-not-exist.invalid of acme cannot be found: check the address and the network.")
        #expect(error.isRetryable)
    }

    @Test("is the same error in the calls that list models")
    func models() async throws {
        try await RefusedPort.withPort { port in
            let provider = WireProvider.acme(at: "http://127.0.0.1:\(port)")
            let error = await #expect(throws: LAIError.self) { try await provider.models() }
            #expect(error?.code == .connection)
            #expect(error?.message == "No connection to acme at 127.0.0.1:\(port): connection refused. Is the server running?")
        }
    }

    @Test("is an error when the server ends it before a byte of an answer", arguments: [
        ScriptedServer.Configuration.ConnectionBehaviour.close, .reset,
    ])
    func endedAtOnce(behaviour: ScriptedServer.Configuration.ConnectionBehaviour) async throws {
        let error = try await ask(
            answeredWith: [.end], ScriptedServer.Configuration { _ in behaviour }
        ).error()
        #expect(error.code == .connection)
        #expect(error.isRetryable)
        #expect(error.message.contains("acme"))
    }

    @Test("is an error when the server takes the request and ends it before the head", arguments: [
        Script.Step.close(), .reset,
    ])
    func endedBeforeTheHead(step: Script.Step) async throws {
        let outcome = try await ask(answeredWith: [step])
        let error = try outcome.error()
        #expect(error.code == .connection)
        #expect(error.isRetryable)
        #expect(error.status == nil)
        #expect(outcome.end.reason == .failed)
    }

    @Test("is an error when the server does not speak HTTP", arguments: [
        "SSH-2.0-OpenSSH_9.7\r\n", "220 mail.example ESMTP\r\n\r\n", "HTTP/1.1 ??? oh\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n",
    ])
    func garbage(text: String) async throws {
        let error = try await ask(answeredWith: [.rawText(text), .close()]).error()
        #expect(error.code == .malformedResponse)
        #expect(error.message.contains("acme"))
        #expect(!error.message.contains("HTTPParserError"))
    }

    @Test("has run out of time when the server cannot be reached", .timeLimit(.minutes(1)))
    func unanswered() async throws {
        try await UnansweredPort.withPort { port in
            let timeouts = Timeouts.only { $0.connect = .milliseconds(200) }
            let error = try await WireProvider.acme(at: "http://127.0.0.1:\(port)", timeouts: timeouts).ask().outcome().error()
            #expect(error.code == .timeout)
            #expect(error.message == "acme did not connect within 200 ms.")
            #expect(error.isRetryable)
        }
    }

    @Test("has run out of time when the handshake is never answered")
    func silentHandshake() async throws {
        let configuration = ScriptedServer.Configuration(security: .tls(.valid)) { _ in .ignore }
        let timeouts = Timeouts.only { $0.connect = .milliseconds(200) }
        let error = try await ask(answeredWith: [.end], configuration, timeouts: timeouts).error()
        #expect(error.code == .timeout)
        #expect(error.message == "acme did not connect within 200 ms.")
    }

    @Test("does not begin for an address that is none", arguments: ["localhost:1234", "http://", "http://a b/"])
    func noAddress(address: String) async throws {
        let error = try await WireProvider.acme(at: address).ask().outcome().error()
        #expect(error.code == .configuration)
        #expect(error.provider == "acme")
        #expect(!error.isRetryable)
    }
}
