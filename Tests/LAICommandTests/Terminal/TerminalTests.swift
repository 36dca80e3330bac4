import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("on a terminal", .timeLimit(.minutes(2)))
struct TerminalTests {
    private static func lai(_ lai: Lai, _ more: [String: String] = [:]) -> Lai {
        var lai = lai
        lai.environment["TERM"] = "xterm-256color"
        lai.environment.merge(more) { $1 }
        return lai
    }

    @Test("an answer ends its line", arguments: [("hi", "hi\n"), ("hi\n", "hi\n")])
    func newline(text: String, shown: String) async throws {
        let run = try await Self.lai(Lai()).run(["ask", "-m", "mock/echo"], input: Array(text.utf8), terminals: [.output])
        #expect(run.shown == shown)
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test("an answer without text leaves no empty line")
    func noText() async throws {
        let run = try await Self.lai(Lai()).run(["ask", "-m", "mock/http-400", "hi"], terminals: [.output])
        #expect(run.shown == "")
    }

    @Test("what a terminal would obey is shown, not obeyed")
    func controls() async throws {
        let text = "a\u{1B}[31mb\u{1B}]0;title\u{7}c\u{9B}2Jd\u{8}e\u{0}f\r\ng\th日本🙂\n"
        let run = try await Self.lai(Lai()).run(["ask", "-m", "mock/echo"], input: Array(text.utf8), terminals: [.output])
        #expect(run.shown == "a\u{FFFD}[31mb\u{FFFD}]0;title\u{FFFD}c\u{FFFD}2Jd\u{FFFD}e\u{FFFD}f\ng h日本🙂\n")
    }

    @Test("an escape sequence that comes in pieces is no different")
    func splitControls() async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(.openAIChat, ["a\u{1B}", "[31", "mb"]))) { server in
            let run = try await Self.lai(Lai(asking: server)).run(["ask", "hi"], terminals: .all)
            #expect(run.shown.contains("a\u{FFFD}[31mb\n"))
        }
    }

    @Test("a server's error, a tool's name and reasoning cannot steer it either")
    func otherControls() async throws {
        let evil = "x\u{1B}[2Jy"
        let json = JSONValue.string(evil).text
        let tool = #"{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":\#(json),"arguments":\#(json)}}]}"#
        let scripts: [Script] = [
            .json(#"{"error":{"message":\#(json)}}"#, status: 400), Answers.chat([tool], finish: "tool_calls"),
            Answers.chat([#"{"reasoning_content":\#(json)}"#, #"{"content":"ok"}"#]),
            Answers.chat([#"{"refusal":\#(json)}"#]),
        ]
        for script in scripts {
            try await ScriptedServer.withServer(answering: .always(script)) { server in
                let run = try await Self.lai(Lai(asking: server)).run(["ask", "--show-reasoning", "hi"], terminals: .all)
                #expect(!run.shown.contains("\u{1B}[2J"))
                #expect(run.shown.contains("x\u{FFFD}[2Jy"))
            }
        }
    }

    @Test("a spinner runs until the first token and then is gone")
    func spinner() async throws {
        let gate = Gate()
        let script: Script = [
            Answers.head(.openAIChat), .bytes(Answers.opening(.openAIChat)), .pause(gate),
            .bytes(Answers.delta(.openAIChat, "Hello")), .bytes(Answers.ending(.openAIChat)), .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let process = try Self.lai(Lai(asking: server)).start(["ask", "hi"], terminals: .all)
            #expect(await process.shows("⠙ test/m-1"))
            gate.open()
            let run = await Outcome(process)
            #expect(run.shown.hasSuffix("\r\u{1B}[KHello\n"))
            #expect(run.shown.components("Hello").count == 2)
        }
    }

    @Test("the spinner runs on while the model reasons unseen")
    func spinnerWhileReasoning() async throws {
        let gate = Gate()
        let reasoning = Answers.chat([#"{"reasoning_content":"hm"}"#]).steps.prefix(2)
        let script = Script(
            Array(reasoning) + [.pause(gate), .bytes(Answers.delta(.openAIChat, "42")), .bytes(Answers.ending(.openAIChat)), .end])
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let process = try Self.lai(Lai(asking: server)).start(["ask", "hi"], terminals: .all)
            #expect(await process.shows("⠹"))
            gate.open()
            #expect(await Outcome(process).shown.hasSuffix("\r\u{1B}[K42\n"))
        }
    }

    @Test("Ctrl-C while it spins leaves a clean line")
    func stoppedSpinner() async throws {
        try await ScriptedServer.withServer(answering: .always([.stall])) { server in
            let process = try Self.lai(Lai(asking: server)).start(["ask", "hi"], terminals: .all)
            #expect(await process.shows("⠙"))
            process.signal(2)
            let run = await Outcome(process)
            #expect(run.code == 130)
            #expect(run.shown.hasSuffix("\r\u{1B}[K"))
        }
    }

    @Test("nothing moves and nothing is coloured where it must not be", arguments: [
        ["NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": ""],
    ])
    func plain(environment: [String: String]) async throws {
        let script: Script = [
            Answers.head(.openAIChat), .pause(.milliseconds(400)), .bytes(Answers.opening(.openAIChat)),
            .bytes(Answers.delta(.openAIChat, "Hello")), .bytes(Answers.ending(.openAIChat)), .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let run = try await Self.lai(Lai(asking: server), environment).run(["ask", "--usage", "hi"], terminals: .all)
            #expect(run.shown.hasPrefix("Hello\nlai: test/m-1: 7 tokens in"))
            #expect(!run.shown.contains("\u{1B}"))
        }
    }

    @Test("an error stands on a line of its own")
    func errorLine() async throws {
        let run = try await Self.lai(Lai(), ["NO_COLOR": "1"]).run(["ask", "-m", "mock/reset", "hi"], terminals: .all)
        #expect(run.shown.hasPrefix("Hello\nlai: The answer broke off"))
        #expect(run.code == 5)
    }

    @Test("a question is asked for when nobody wrote one")
    func noQuestion() async throws {
        let run = try await Self.lai(Lai()).run(["ask", "-m", "mock/echo"], terminals: .all)
        #expect(run.code == 2)
        #expect(run.shown.hasPrefix("lai: There is no question"))
    }

    @Test("the spinner stays off the answer when only the errors are on a terminal")
    func mixed() async throws {
        let run = try await Self.lai(Lai()).run(["ask", "-m", "mock/lorem-200", "hi"], terminals: [.error])
        #expect(run.shown == "")
        #expect(run.text.hasSuffix("That is all."))
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
