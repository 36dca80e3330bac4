import AsyncHTTPClient
import LAICore
import LAIProviders
import LAIServer
import NIOCore
import Testing

@Suite("Heartbeats")
struct HeartbeatTests {
    @Test("a stream that goes silent says that it lives within one beat of what it sent last")
    func beat() async throws {
        try await RunningServer.run(MockProvider(), { $0.heartbeat = .seconds(2) }) { server in
            let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: server.base + "/lai/v1/events"), timeout: .minutes(1))
            var said = ""
            var last: ContinuousClock.Instant?
            for try await piece in response.body {
                said += String(buffer: piece)
                if last == nil, said.contains("event:hello") {
                    // The frame about it comes soon after the stream began, far from its first beat.
                    _ = try await server.conversation()
                    last = .now
                }
                guard said.contains("\n:\n") || said.hasPrefix(":\n") else { continue }
                // Two beats after the last frame are too late; a busy machine may be a little late.
                #expect(ContinuousClock.now - (last ?? .now) < .seconds(3.6))
                return
            }
            Issue.record("The stream ended.")
        }
    }
}
