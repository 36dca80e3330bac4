import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("exit codes", .timeLimit(.minutes(2)))
struct ExitCodeTests {
    @Test("each way of ending has its code, and keeps the text that came", arguments: [
        ("unknown-event", 0, "Hello"), ("content-after-end", 0, "Hello"), ("split-emoji", 0, "🙂"), ("one-byte", 0, "Hello"),
        ("http-400", 4, ""), ("http-401", 4, ""), ("http-403", 4, ""), ("http-404", 4, ""), ("http-413", 4, ""),
        ("http-429", 4, ""), ("http-500", 4, ""), ("http-503", 4, ""), ("http-529", 4, ""), ("html", 4, ""),
        ("context-too-long", 4, ""), ("error-first", 4, ""), ("error-after-text", 5, "Hello"),
        ("refused", 5, ""), ("dns", 5, ""), ("tls", 5, ""), ("reset", 5, "Hello"), ("truncated", 5, "Hello"),
        ("malformed", 5, "Hello"),
        ("length", 6, "Hello"), ("refusal", 6, ""), ("blocked-before", 6, ""), ("blocked-after", 6, "Hello"),
    ])
    func mock(fault: String, code: Int32, text: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/\(fault)", "--retries", "0", "hi")
        #expect(run.code == code)
        #expect(run.text == text)
        if code == 0 {
            #expect(!run.errors.contains("Error"))
        } else {
            #expect(run.errors.hasPrefix("lai: "))
            #expect(run.errors.hasSuffix(".\n") || run.errors.hasSuffix(").\n") || run.errors.hasSuffix("\n"))
        }
    }

    @Test("ten megabytes in one event arrive whole")
    func largeEvent() async throws {
        let run = try await Lai()("ask", "-m", "mock/large-event", "hi")
        #expect(run.output.count == 10 << 20)
        #expect(run.code == 0)
    }

    @Test("a real server's refusal is told in its own words, with its request's status")
    func refused() async throws {
        let body = #"{"error":{"message":"You must not do that.","type":"invalid_request_error"}}"#
        try await ScriptedServer.withServer(answering: .always(.json(body, status: 403))) { server in
            let run = try await Lai(asking: server)("ask", "hi")
            #expect(run.code == 4)
            #expect(run.errors.contains("You must not do that."))
            #expect(run.errors.contains("403"))
        }
    }

    @Test("a port where nobody listens")
    func connectionRefused() async throws {
        try await RefusedPort.withPort { port in
            let config = "[providers.test]\nbase_url = \"http://127.0.0.1:\(port)/v1\"\n"
            let run = try await Lai(config: config)("ask", "-m", "test/m", "--retries", "0", "hi")
            #expect(run.code == 5)
            #expect(run.errors == "lai: No connection to test at 127.0.0.1:\(port): connection refused. Is the server running?\n")
        }
    }

    @Test("an answer without its end is told, and what came is printed")
    func truncated() async throws {
        let script: Script = [
            Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hel")), .bytes(Answers.delta(.openAIChat, "lo")), .close(),
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let run = try await Lai(asking: server)("ask", "hi")
            #expect(run.text == "Hello")
            #expect(run.code == 5)
            #expect(run.errors.contains("broke off"))
            #expect(server.requests.count == 1)
        }
    }

    @Test("a call of a tool is a whole answer, and said")
    func toolCall() async throws {
        let delta = #"{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"look","arguments":"{\"at\":1}"}}]}"#
        try await ScriptedServer.withServer(answering: .always(Answers.chat([delta], finish: "tool_calls"))) { server in
            let run = try await Lai(asking: server)("ask", "hi")
            #expect(run.code == 0)
            #expect(run.text == "")
            #expect(run.errors == "lai: The model wants to call look({\"at\":1}).\n")
        }
    }
}
