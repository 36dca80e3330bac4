import LAICore
import LAIDialects
import LAITesting
import Testing

@Suite("--output ndjson", .timeLimit(.minutes(2)))
struct LinesTests {
    private static let types = [
        "started", "block_started", "delta", "tool_call", "citation", "media", "opaque", "block_ended", "usage", "warning", "end",
    ]

    @Test("every line is JSON, the last one is the object, and the deltas are its text", arguments: Answers.dialects)
    func lines(dialect: Dialect) async throws {
        try await ScriptedServer.withServer(answering: .always(Answers.stream(dialect, ["Hel", "lo\n", "🙂"]))) { server in
            let run = try await Lai(asking: server, dialect)("ask", "--output", "ndjson", "hi")
            #expect(run.code == 0)
            #expect(run.errors == "")
            let lines = try run.objects()
            for line in lines { #expect(Self.types.contains(line["type"]?.stringValue ?? "")) }
            #expect(lines.all("type", "end").count == 1)
            let end = try #require(lines.last)
            EndObjectRules.check(end, isLine: true)
            #expect(end["type"] == "end")
            #expect(lines.all("type", "delta").map(\.shownText).joined() == "Hello\n🙂")
            #expect(end["text"] == "Hello\n🙂")
            #expect(lines.all("type", "started").all("model", "m-real").count == 1)
            #expect(lines.all("type", "block_started").all("kind", "text").all("block", 0).count == 1)
            #expect(lines.all("type", "block_ended").all("block", 0).count == 1)
        }
    }

    @Test("a line comes as soon as its event")
    func atOnce() async throws {
        let gate = Gate()
        let script: Script = [
            Answers.head(.openAIChat), .bytes(Answers.delta(.openAIChat, "first")), .pause(gate),
            .bytes(Answers.delta(.openAIChat, "second")), .bytes(Answers.ending(.openAIChat)), .end,
        ]
        try await ScriptedServer.withServer(answering: .always(script)) { server in
            let process = try Lai(asking: server).start(["ask", "--output", "ndjson", "hi"])
            #expect(await process.prints(#""text":"first"}"# + "\n"))
            gate.open()
            #expect(await Outcome(process).code == 0)
        }
    }

    @Test("a call of a tool is there in pieces and whole")
    func toolCall() async throws {
        let deltas = [
            #"{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"look","arguments":"{\"a\""}}]}"#,
            #"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"#,
        ]
        try await ScriptedServer.withServer(answering: .always(Answers.chat(deltas, finish: "tool_calls"))) { server in
            let lines = try await Lai(asking: server)("ask", "--output", "ndjson", "hi").objects()
            let start = try #require(lines.all("type", "block_started").first)
            #expect(start["kind"] == "tool_call" && start["id"] == "t1" && start["name"] == "look" && start["custom"] == false)
            #expect(lines.all("type", "delta").map(\.shownText).joined() == #"{"a":1}"#)
            let call = try #require(lines.all("type", "tool_call").first)
            #expect(call["arguments"] == ["a": 1])
            #expect(call["arguments_text"] == #"{"a":1}"#)
        }
    }

    @Test("a failure ends in an object as well", arguments: ["http-500", "reset", "refused", "malformed", "error-after-text"])
    func failures(fault: String) async throws {
        let run = try await Lai()("ask", "-m", "mock/\(fault)", "--retries", "0", "--output", "ndjson", "hi")
        #expect(run.code == 4 || run.code == 5)
        let end = try #require(try run.objects().last)
        EndObjectRules.check(end, isLine: true)
        #expect(end["error"]?.isNull == false)
    }
}
