import LAICore
import LAIDialects
import Testing

@Suite("Requests to Ollama")
struct OllamaRequestTests {
    let builder = OllamaRequestBuilder()

    @Test("A plain question says whether it streams", arguments: [true, false])
    func plain(streams: Bool) throws {
        let request = ChatRequest(model: "qwen3:4b", system: "Be brief", messages: [.user("Hi")]).with {
            $0.streams = streams
        }
        let wire = try builder.chat(request)
        #expect(wire.path == "/api/chat" && wire.headers.isEmpty)
        #expect(
            wire.body?.text
                == #"{"model":"qwen3:4b","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}],"stream":\#(streams)}"#
        )
    }

    @Test("All options")
    func options() throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = .auto
            $0.reasoning = .effort(.high)
            $0.format = .schema(name: "paint", schema: colour)
            $0.stop = ["END"]
            $0.temperature = 0
            $0.topP = 0.9
            $0.maxTokens = 64
            $0.seed = 42
            $0.extra = JSONObject([
                .init(key: "keep_alive", value: "5m"), .init(key: "options", value: ["num_ctx": 8192]),
            ])
        }
        #expect(
            try body(builder, request)
                == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"format":{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false},"think":"high","options":{"num_predict":64,"stop":["END"],"temperature":0,"top_p":0.9,"seed":42,"num_ctx":8192},"stream":true,"keep_alive":"5m"}"#
        )
        #expect(try member("format", builder, ChatRequest(model: "m", "Hi").with { $0.format = .json }) == #""json""#)
    }

    static let thinkingCases: [(Reasoning, String, Int)] = [
        (.off, "false", 0), (.budget(0), "false", 0), (.effort(.low), #""low""#, 0), (.effort(.max), #""max""#, 0),
        (.effort(.minimal), #""low""#, 1), (.budget(10_000), #""medium""#, 1),
    ]

    @Test("Thinking", arguments: thinkingCases)
    func thinking(reasoning: Reasoning, expected: String, count: Int) throws {
        let request = ChatRequest(model: "m", "Hi").with { $0.reasoning = reasoning }
        #expect(try member("think", builder, request) == expected)
        #expect(try warnings(builder, request).count == count)
    }

    @Test("A choice of no tool offers none; a forced call is refused")
    func toolChoice() throws {
        let base = ChatRequest(model: "m", "Hi").with { $0.tools = [weather] }
        #expect(try member("tools", builder, base.with { $0.toolChoice = ToolChoice.none }) == nil)
        #expect(try member("tool_choice", builder, base.with { $0.toolChoice = .auto }) == nil)
        #expect(try refusal(builder, base.with { $0.toolChoice = .required }).code == .unsupported)
        #expect(try refusal(builder, base.with { $0.toolChoice = .tool("weather") }).code == .unsupported)
    }

    @Test("Pictures stand beside the text, and text files in it")
    func media() throws {
        let request = ChatRequest.of("m", .user(.text("Look"), .image(png), .file(notes)))
        #expect(
            try member("messages", builder, request)
                == #"[{"role":"user","content":"Look\n\n<file name=\"notes.txt\">\nHello\n</file>","images":["iVBORw0K"]}]"#
        )
    }

    @Test("What cannot be taken is refused", arguments: [Part.image(webPNG), .file(pdf)])
    func unsupported(part: Part) throws {
        #expect(try refusal(builder, .of("m", .user(part))).code == .unsupported)
    }

    @Test("A tool loop, with arguments as objects and the thinking that led to it")
    func toolLoop() throws {
        let made = ToolCall(id: "lai_7", name: "clock", arguments: "")
        let turn = Message(
            role: .assistant, parts: [.reasoning(ReasoningPart("hm")), .toolCall(weatherCall), .toolCall(made)])
        let request = ChatRequest.of(
            "m", .user("Hi"), turn,
            .toolResults(weatherResult, ToolResult(callID: "lai_7", name: "clock", content: "noon")),
            Message(role: .assistant, parts: [.reasoning(ReasoningPart("so")), .text("Sunny")]), .user("Thanks"),
            Message(role: .assistant, parts: [.reasoning(ReasoningPart("idle")), .refusal("Bye")]), .user("Ok"))
        #expect(
            try member("messages", builder, request)
                == #"[{"role":"user","content":"Hi"},{"role":"assistant","content":"","thinking":"hm","tool_calls":[{"id":"call_1","function":{"name":"weather","arguments":{"city":"Rome"}}},{"function":{"name":"clock","arguments":{}}}]},{"role":"tool","tool_name":"weather","content":"sunny","tool_call_id":"call_1"},{"role":"tool","tool_name":"clock","content":"noon"},{"role":"assistant","content":"Sunny","thinking":"so"},{"role":"user","content":"Thanks"},{"role":"assistant","content":"Bye"},{"role":"user","content":"Ok"}]"#
        )
    }

    @Test("The list of models is one page, and tokens cannot be counted")
    func others() throws {
        #expect(builder.models(page: nil) == WireRequest(.get, path: "/api/tags"))
        #expect(try builder.countTokens(ChatRequest(model: "m", "Hi")) == nil)
    }
}
