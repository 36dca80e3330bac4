import LAITesting
import Testing

@Suite("A port without a server", .timeLimit(.minutes(1)), .enabled(if: Curl.isInstalled))
struct PortTests {
    @Test("refuses connections")
    func refused() async throws {
        try await RefusedPort.withPort { port in
            let outcome = try await Curl.run("http://127.0.0.1:\(port)")
            #expect(outcome.code == Curl.couldNotConnect)
        }
    }

    @Test("leaves connections unanswered")
    func unanswered() async throws {
        try await UnansweredPort.withPort { port in
            let outcome = try await Curl.run("--connect-timeout", "1", "http://127.0.0.1:\(port)")
            #expect(outcome.code == Curl.timedOut)
        }
    }
}
