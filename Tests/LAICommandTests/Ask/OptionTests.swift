import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("--timeout, --retries, --usage, --show-reasoning", .timeLimit(.minutes(2)))
struct OptionTests {
    @Test("--timeout ends a wait, before the head and in mid-stream")
    func timeout() async throws {
        let stalls: [Script] = [[.stall], [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "Hel")), .stall]]
        for (script, text) in zip(stalls, ["", "Hel"]) {
            try await ScriptedServer.withServer(answering: .always(script)) { server in
                let run = try await Lai(asking: server)("ask", "--timeout", "0.7", "--retries", "0", "hi")
                #expect(run.code == 5)
                #expect(run.text == text)
                #expect(run.errors == "lai: test did not finish within 700 ms.\n")
                let end = try await server.connectionClosed(for: server.nextRequest())
                #expect(end.cause != .server)
            }
        }
    }

    private static let overloaded = Script.json(
        #"{"error":{"message":"Come back later.","type":"overloaded"}}"#, status: 503, headers: ["Retry-After": "0"])

    @Test("a failure that may pass is tried again, and counted")
    func retries() async throws {
        try await ScriptedServer.withServer(
            answering: .sequence(Self.overloaded, Self.overloaded, Answers.stream(.openAIChat, ["ok"]))
        ) { server in
            let run = try await Lai(asking: server)("ask", "--retries", "2", "--output", "json", "hi")
            #expect(run.code == 0)
            let object = try run.object()
            #expect(object["text"] == "ok")
            #expect(object["attempts"] == 3)
            #expect(object.at("warnings.0.code") == "retried")
            #expect(server.requests.count == 3)
        }
    }

    @Test("--retries bounds the attempts", arguments: [0, 1])
    func noRetries(count: Int) async throws {
        try await ScriptedServer.withServer(answering: .always(Self.overloaded)) { server in
            let run = try await Lai(asking: server)("ask", "--retries", "\(count)", "hi")
            #expect(run.code == 4)
            #expect(run.errors.contains("Come back later."))
            #expect(server.requests.count == count + 1)
        }
    }

    @Test("the configuration's retries hold without the option")
    func configuredRetries() async throws {
        try await ScriptedServer.withServer(answering: .always(Self.overloaded)) { server in
            let lai = try Lai(asking: server, settings: "[retries]\nmax = 1")
            #expect(try await lai("ask", "hi").code == 4)
            #expect(server.requests.count == 2)
        }
    }

    @Test("--usage tells tokens and times on standard error")
    func usage() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["ok"]))) { server in
            let run = try await Lai(asking: server)("ask", "--usage", "hi")
            #expect(run.text == "ok")
            #expect(run.errors.hasPrefix("lai: test/m-1: 7 tokens in, 3 out · first token after "))
            #expect(run.errors.hasSuffix(" in all\n"))
        }
    }

    @Test("--usage says when it only estimates")
    func estimated() async throws {
        let run = try await Lai()("ask", "-m", "mock/unknown-event", "--usage", "hi")
        #expect(run.errors.contains("out (estimated)"))
    }

    @Test("reasoning is shown on standard error, when asked for")
    func reasoning() async throws {
        let deltas = [#"{"reasoning_content":"Let me "}"#, #"{"reasoning_content":"think."}"#, #"{"content":"42"}"#]
        try await ScriptedServer.withServer(answering: .always(Answers.chat(deltas))) { server in
            let lai = try Lai(asking: server)
            let shown = try await lai("ask", "--show-reasoning", "hi")
            #expect(shown.text == "42")
            #expect(shown.errors == "Let me think.\n\n")
            let hidden = try await lai("ask", "hi")
            #expect(hidden.text == "42")
            #expect(hidden.errors == "")
            let object = try await lai("ask", "--output", "json", "hi").object()
            #expect(object["reasoning"] == "Let me think.")
            #expect(object["text"] == "42")
        }
    }

    @Test("--temporary changes nothing yet")
    func temporary() async throws {
        #expect(try await Lai()("ask", "--temporary", "-m", "mock/echo", "hi").text == "hi")
    }
}
