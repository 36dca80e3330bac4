import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("auto, stand-ins and what may not leave", .timeLimit(.minutes(2)))
struct RoutingTests {
    private static func ok(_ text: String = "ok") -> Responder { .always(Answers.stream(.openAIChat, [text])) }

    private static func provider(_ name: String, _ port: some Any) -> String {
        "[providers.\(name)]\nbase_url = \"http://127.0.0.1:\(port)/v1\"\n"
    }

    @Test("the next model answers when the first is down: silently on standard output, told on standard error, and in the receipt")
    func fallback() async throws {
        try await ScriptedServer.withServer(answering: Self.ok()) { server in
            try await RefusedPort.withPort { dead in
                let lai = try Lai(config: """
                    \(Self.provider("dead", dead))\(Self.provider("good", server.port))
                    [routing.rules.all]
                    use = ["dead/m", "good/m"]
                    """)
                let run = try await lai("ask", "-m", "auto", "--retries", "0", "hi")
                #expect(run.code == 0)
                #expect(run.text == "ok")
                #expect(run.errors == "lai: dead/m failed: No connection to dead at 127.0.0.1:\(dead): connection refused. Is the server running?; good/m is asked.\n")
                let receipt = try await lai("show", "--receipts").text
                #expect(receipt.contains(#""provider":"good","named":"auto""#), "\(receipt)")
                #expect(receipt.contains("auto → good/m (the rule “all”: "))
                let object = try await lai("ask", "-m", "auto", "--retries", "0", "--output", "json", "hi").object()
                #expect(object["provider"] == "good")
                #expect(object["model"] == "m-real")
                #expect(object["attempts"] == 2)
                #expect(object.at("warnings.0.code") == "fallback")
                // To ask again is to route again.
                let again = try await lai("retry")
                #expect(again.text == "ok")
                #expect(again.errors.contains("good/m is asked"))
            }
        }
    }

    @Test("one question knows of the failures of those before: who failed three times is asked last, and lai route says so")
    func ailing() async throws {
        try await ScriptedServer.withServer(answering: Self.ok()) { server in
            try await RefusedPort.withPort { dead in
                let lai = try Lai(config: """
                    \(Self.provider("dead", dead))\(Self.provider("good", server.port))
                    [retries]
                    max = 0
                    [routing.rules.all]
                    use = ["dead/m", "good/m"]
                    """)
                for _ in 0..<3 { #expect(try await lai("ask", "-m", "auto", "--temporary", "hi").errors.contains("dead/m failed")) }
                #expect(!lai.home.has("state"), "what leaves no trace leaves none of this")
                for _ in 0..<3 { #expect(try await lai("ask", "-m", "auto", "hi").errors.contains("dead/m failed")) }
                #expect(try await lai("ask", "-m", "auto", "hi").errors == "")
                let plan = try await lai("route", "--json", "--no-probe", "-m", "auto", "hi").object()
                #expect(plan.at("choices.1.ailment")?.stringValue?.contains("tried again in") == true)
                #expect(plan.at("choices.0.first_token_ms")?.doubleValue ?? 0 > 0)
            }
        }
    }

    @Test("keys in the environment stand in for each other")
    func keys() async throws {
        try await ScriptedServer.withServer(answering: Self.ok()) { server in
            try await RefusedPort.withPort { dead in
                let lai = try Lai(config: "[retries]\nmax = 0\n", environment: [
                    "ANTHROPIC_API_KEY": "sk-ant-1234567890", "ANTHROPIC_BASE_URL": "http://127.0.0.1:\(dead)",
                    "OPENAI_API_KEY": "sk-1234567890", "OPENAI_BASE_URL": server.baseURL + "/v1",
                ])
                let run = try await lai("ask", "hi")
                #expect(run.text == "ok")
                let lines = run.errors.split(separator: "\n")
                #expect(lines.first == "lai: asking anthropic/claude-sonnet-4-5, because ANTHROPIC_API_KEY is set")
                #expect(lines.last?.hasSuffix("; openai/gpt-5-mini is asked.") == true)
                // Named, it is the only one.
                let named = try await lai("ask", "-m", "anthropic", "hi")
                #expect(named.code == 5)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("a stand-in of the configuration answers for a model that is named, and no other does")
    func standIn() async throws {
        let lai = try Lai(config: """
            default_model = "mock/http-401"
            [routing.fallback]
            "mock/http-403" = ["mock/echo"]
            """)
        let run = try await lai("ask", "-m", "mock/http-403", "hi")
        #expect(run.text == "hi")
        #expect(run.errors.contains("mock/echo is asked"))
        #expect(try await lai("ask", "hi").code == 4)
        #expect(try await lai("ask", "-m", "mock/http-404", "hi").code == 4)
    }

    @Test("an answer that broke off goes on where that is set")
    func continuation() async throws {
        let broken: Script = [Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "The quick brown")), .close()]
        let responder = Responder.sequence(broken, Answers.stream(.openAIChat, ["quick brown fox."]))
        try await ScriptedServer.withServer(answering: responder) { server in
            let run = try await Lai(asking: server, settings: "[routing]\ncontinue = \"same\"")("ask", "hi")
            #expect(run.code == 0)
            #expect(run.text == "The quick brown fox.")
            #expect(run.errors.hasSuffix("; test/m-1 goes on.\n"), "\(run.errors)")
            #expect(server.requests.count == 2)
        }
    }

    @Test("what is local-only reaches no provider elsewhere, then or later")
    func localOnly() async throws {
        try await ScriptedServer.withServer(answering: Self.ok()) { server in
            let lai = try Lai(config: """
                \(Self.provider("here", server.port))
                [routing.rules.all]
                use = ["mock/echo", "here/m"]
                """)
            #expect(try await lai("ask", "hi").text == "hi")
            let run = try await lai("ask", "--local-only", "hi")
            #expect(run.text == "ok")
            #expect(try await lai("ask", "-c", "more").text == "ok")
            #expect(try await lai("retry").text == "ok")
            let refused = try await lai("ask", "-c", "-m", "mock/echo", "hi")
            #expect(refused.code == 4)
            #expect(refused.text == "")
            #expect(refused.errors == "lai: This conversation may not leave this machine, and mock is elsewhere: choose a local model.\n")
            #expect(try await lai("retry", "-m", "mock/echo").code == 4)
            #expect(try await lai("ask", "-c", "--no-local-only", "hi").code == 2)
            #expect(try await lai("list", "--json").objects().map { $0["local_only"] } == [true, false])
            #expect(try await lai("ask", "--local-only", "-m", "mock/echo", "hi").code == 4)
        }
    }

    @Test("local-only may be the rule, with exceptions")
    func localOnlyByDefault() async throws {
        let lai = try Lai(config: "[routing]\nlocal_only = true\n")
        #expect(try await lai("ask", "-m", "mock/echo", "hi").code == 4)
        #expect(try await lai("ask", "-m", "mock/echo", "--no-local-only", "hi").text == "hi")
        #expect(try await lai("ask", "-c", "-m", "mock/echo", "hi").text == "hi")
        let none = try await lai("ask", "hi")
        #expect(none.code == 3)
        #expect(none.errors == "lai: There is no model on this machine to ask: run `lai local setup` for a small one, or start Ollama.\n")
    }

    @Test("lai route says who would be asked and why, and asks nobody")
    func route() async throws {
        try await ScriptedServer.withServer(answering: .always(.json(#"{"data":[{"id":"m","context_length":2000}]}"#))) { server in
            try await RefusedPort.withPort { dead in
                let lai = try Lai(config: """
                    \(Self.provider("good", server.port))\(Self.provider("dead", dead))
                    [routing.rules.code]
                    kind = "code"
                    use = ["dead/m", "good/m", "openai/gpt-5"]
                    """)
                let run = try await lai("route", "-m", "auto", "Write a regex")
                #expect(run.code == 0)
                #expect(run.text.hasPrefix("auto: a question of the kind code (it speaks of “regex”), about 4 tokens\nthe rule “code” fits\n"), "\(run.text)")
                #expect(run.text.contains("openai/gpt-5: openai needs an API key"))
                let object = try await lai("route", "--json", "-m", "auto", "Write a regex").object()
                #expect(object.at("choices.0.model") == "good/m")
                #expect(object.at("choices.1.model") == "dead/m")
                #expect(object.at("choices.1.ailment")?.stringValue?.contains("connection refused") == true)
                #expect(server.requests.allSatisfy { $0.method == "GET" })
                let before = server.requests.count
                let unprobed = try await lai("route", "--json", "--no-probe", "-m", "auto", "Write a regex").object()
                #expect(unprobed.at("choices.0.model") == "dead/m")
                #expect(server.requests.count == before)
                let long = try await lai("route", "--json", "-m", "auto", "```\(String(repeating: "x ", count: 4000))```").object()
                #expect(long.at("passed_over.0.reason")?.stringValue?.contains("context window of 2000 tokens is too small") == true)
                #expect(try await lai("route", "-m", "auto", "hi").code == 3, "no rule fits, and nobody is there")
                #expect(try await lai("route", "--local-only", "-m", "mock/echo", "hi").code == 4)
                #expect(try await lai("route").code == 2)
                #expect(try await lai("list", "--json").text == "", "nothing is kept")
            }
        }
    }
}
