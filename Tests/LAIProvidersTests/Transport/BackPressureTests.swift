import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("A reader that stops reading", .timeLimit(.minutes(3)), .serialized)
struct BackPressureTests {
    /// What sockets, windows and the mailbox hold together at the very most.
    static let bound = 48 << 20

    private func script(_ dialect: Dialect) -> Script {
        let answer = WireAnswer(dialect, [String(repeating: "x", count: 4096), String(repeating: "y", count: 16384)])
        return [dialect.streamHead, .text(answer.start + answer.texts[0]), .endless(answer.texts[1].utf8)]
    }

    @Test("holds the server up, and lets it go on by reading on", arguments: Dialect.allCases)
    func holdsUp(dialect: Dialect) async throws {
        let configuration = ScriptedServer.Configuration(sendBufferBytes: 65536)
        try await ScriptedServer.withServer(configuration, answering: .always(script(dialect))) { server in
            try await expectBackPressure(server, .acme(dialect, at: server.baseURL))
        }
    }

    @Test("holds the server up over TLS and over HTTP/2", arguments: [
        ScriptedServer.Configuration(security: .tls(.valid), sendBufferBytes: 65536),
        ScriptedServer.Configuration(security: .tls(.valid), httpVersion: .http2, sendBufferBytes: 65536),
    ])
    func holdsUpTLS(configuration: ScriptedServer.Configuration) async throws {
        try await TestCertificate.withAuthorityFile { path in
            try await ScriptedServer.withServer(configuration, answering: .always(script(.openAIChat))) { server in
                try await expectBackPressure(server, .acme(at: server.baseURL, trustRoots: path))
            }
        }
    }

    private func expectBackPressure(_ server: ScriptedServer, _ provider: WireProvider) async throws {
        var iterator = provider.ask().batches.makeAsyncIterator()
        while iterator.message.text.isEmpty { #expect(await iterator.next() != nil) }
        let request = try await server.nextRequest()
        // The server would write forever; that it comes to a standstill at all is what back-pressure is.
        let taken = try await server.backPressure(on: request)
        #expect(taken < BackPressureTests.bound)

        let before = try server.bytesWritten(for: request)
        let read = iterator.message.text.utf8.count
        while iterator.message.text.utf8.count < read + before + 65536 {
            let batch = await iterator.next()
            guard batch?.contains(where: { if case .delta = $0 { true } else { false } }) == true else { break }
        }
        #expect(try server.bytesWritten(for: request) > before)
        #expect(iterator.message.text.utf8.count > read)
    }

    @Test("has no more than a few hundred KiB waiting for it")
    func mailbox() async throws {
        let log = ByteLog()
        var options = CallOptions()
        options.recorder = log
        let configuration = ScriptedServer.Configuration(sendBufferBytes: 65536)
        try await ScriptedServer.withServer(configuration, answering: .always(script(.openAIChat))) { server in
            var iterator = WireProvider.acme(at: server.baseURL).ask(options: options).batches.makeAsyncIterator()
            while iterator.message.text.isEmpty { #expect(await iterator.next() != nil) }
            _ = try await server.backPressure(on: server.nextRequest())
            // What was decoded and not read yet; one read of the socket may exceed the bound.
            #expect(log.bytes.count - iterator.message.text.utf8.count < 1 << 20)
            #expect(log.bytes.count > 1 << 18)
        }
    }

    @Test("can leave while the server is held up", arguments: [true, false])
    func leaves(isCancelled: Bool) async throws {
        let configuration = ScriptedServer.Configuration(sendBufferBytes: 65536)
        try await ScriptedServer.withServer(configuration, answering: .always(script(.openAIChat))) { server in
            let (held, left) = (Gate(), Gate())
            let stream = WireProvider.acme(at: server.baseURL).ask()
            let task = Task {
                var iterator = stream.batches.makeAsyncIterator()
                while iterator.message.text.isEmpty { _ = await iterator.next() }
                held.open()
                try? await left.wait()
            }
            try await held.wait()
            let request = try await server.nextRequest()
            _ = try await server.backPressure(on: request)
            if isCancelled { task.cancel() } else { left.open() }
            #expect(try await server.connectionClosed(for: request).cause != .server)
        }
    }
}
