import LAICore
import LAIDialects
import LAIProviders
import LAITesting
import Testing

@Suite("An answer, however it is delivered,", .timeLimit(.minutes(3)))
struct DeliveryTests {
    static let text = ["Grüß ", "Gott 👩‍👩‍👧‍👦, ", "\u{1F1E6}\u{1F1F9}! ", "a\nb\\\"c\u{7F}\u{2028}"]

    @Test("is the same one byte a packet", arguments: Dialect.allCases)
    func byteByByte(dialect: Dialect) async throws {
        let answer = WireAnswer(dialect, DeliveryTests.text)
        let script: Script = [dialect.streamHead, .body(answer.whole.utf8, chunkSizes: .oneBytePackets), .end]
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.text == DeliveryTests.text.joined())
        #expect(outcome.end.reason == .stop)
        #expect(outcome.warnings.isEmpty)
    }

    @Test("has each emoji whole, wherever the packets are cut", arguments: Dialect.allCases)
    func emoji(dialect: Dialect) async throws {
        let emoji = "👩‍👩‍👧‍👦"
        let answer = WireAnswer(dialect, [emoji])
        let bytes = Array(answer.whole.utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: emoji.utf8) }!
        for cut in start...(start + emoji.utf8.count) {
            let (gate, script) = DeliveryTests.cut(bytes, at: cut, dialect)
            try await ScriptedServer.withServer(answering: .always(script)) { server in
                let (log, provider) = (ByteLog(), WireProvider.acme(dialect, at: server.baseURL))
                var options = CallOptions()
                options.recorder = log
                async let outcome = provider.ask(options: options).outcome()
                // The first part was read, and decoded, by itself.
                try await log.wait(for: cut)
                gate.open()
                let received = try await outcome
                #expect(received.text == emoji, "cut at \(cut - start)")
                #expect(received.warnings.isEmpty)
            }
        }
    }

    private static func cut(_ bytes: [UInt8], at cut: Int, _ dialect: Dialect) -> (Gate, Script) {
        let gate = Gate()
        return (gate, [dialect.streamHead, .bytes(bytes[..<cut]), .pause(gate), .bytes(bytes[cut...]), .end])
    }

    @Test("is decoded as it comes when it is compressed", arguments: Dialect.allCases)
    func gzip(dialect: Dialect) async throws {
        let (answer, gate) = (WireAnswer(dialect, ["Hel", "lo"]), Gate())
        let script = Script([
            dialect.streamHead, .text(answer.start + answer.texts[0]), .pause(gate), .text(answer.texts[1] + answer.end), .end,
        ]).gzipped()
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            // Without the first text the gate stays closed, and nothing ends.
            let outcome = try await WireProvider.acme(dialect, at: server.baseURL).ask()
                .outcome { text in if text == "Hel" { gate.open() } }
            #expect(outcome.text == "Hello")
            #expect(outcome.end.reason == .stop)
            #expect(server.requests[0].headers["Accept-Encoding"]?.contains("gzip") == true)
        }
    }

    @Test("breaks off when its compression does")
    func brokenGzip() async throws {
        let headers = HeaderFields.eventStream.replacing(with: ["Content-Encoding": "gzip"])
        let outcome = try await ask(answeredWith: [.head(200, headers), .text("this is not gzip at all, and never was"), .end])
        #expect(outcome.end.reason == .interrupted)
        #expect(try outcome.error().status == 200)
    }

    @Test("keeps the text that came in one read with broken framing")
    func brokenChunk() async throws {
        let event = "data: {\"choices\":[{\"delta\":{\"content\":\"kept\"}}]}\n\n"
        let size = String(event.utf8.count, radix: 16)
        let raw = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n\(event)\r\nZZZ\r\n"
        let outcome = try await ask(answeredWith: [.rawText(raw), .stall])
        #expect(outcome.text == "kept")
        #expect(outcome.end.reason == .interrupted)
    }

    @Test("says so when it is compressed in a way that nobody asked for", arguments: [200, 500])
    func unknownCompression(status: Int) async throws {
        let headers = HeaderFields.eventStream.replacing(with: ["Content-Encoding": "br"])
        let outcome = try await ask(answeredWith: [.head(status, headers), .text("\u{1}\u{2}"), .stall])
        let error = try outcome.error()
        #expect(error.status == status)
        if status == 200 {
            #expect(error.code == .malformedResponse)
            #expect(error.message.contains("compressed as br"))
        }
    }

    @Test("may have one event of 10 MiB", arguments: [Dialect.openAIChat, .anthropic, .ollama])
    func bigEvent(dialect: Dialect) async throws {
        let text = String(repeating: "0123456789abcdef", count: 10 << 16)
        let script = dialect.stream(WireAnswer(dialect, [text]).whole)
        let outcome = try await ask(dialect, answeredWith: script)
        #expect(outcome.text.utf8.count == 10 << 20)
        #expect(outcome.text == text)
        #expect(outcome.end.reason == .stop)
    }

    @Test("may not have an event without an end, however long the server goes on", arguments: [
        (Dialect.openAIChat, #"data: {"choices":[{"delta":{"content":""#), (.ollama, #"{"message":{"content":""#),
        (.gemini, #"[{"candidates":[{"content":{"parts":[{"text":""#),
    ])
    func endlessEvent(dialect: Dialect, beginning: String) async throws {
        let script: Script = [dialect.streamHead, .text(beginning), .endless([UInt8](repeating: 0x61, count: 1 << 16))]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let outcome = try await WireProvider.acme(dialect, at: server.baseURL).ask().outcome()
            let error = try outcome.error()
            #expect(error.code == .responseTooLarge)
            #expect(error.message.contains("acme"))
            #expect(!error.isRetryable)
            // The client leaves; the server would go on forever.
            #expect(try await server.connectionClosed(for: server.requests[0]).cause != .server)
        }
    }

    @Test("is the same with any framing of HTTP", arguments: Dialect.allCases)
    func framing(dialect: Dialect) async throws {
        let body = WireAnswer(dialect, DeliveryTests.text).whole
        let scripts: [Script] = [
            [.head(200, framing: .untilClose), .text(body), .end],
            [.head(200, ["Content-Length": "\(body.utf8.count)"]), .text(body), .end],
            [.head(103, ["Link": "</a>"]), .head(200, .eventStream), .text(body), .end],
        ]
        for script in scripts {
            let outcome = try await ask(dialect, answeredWith: script)
            #expect(outcome.text == DeliveryTests.text.joined())
            #expect(outcome.end.reason == .stop)
        }
    }
}
