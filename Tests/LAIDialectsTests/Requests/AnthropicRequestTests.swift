import LAICore
import LAIDialects
import Testing

@Suite("Requests to Anthropic")
struct AnthropicRequestTests {
    let builder = AnthropicRequestBuilder()

    private func opaque(_ json: String) -> Opaque { Opaque(dialect: "anthropic", json: json) }

    @Test("A plain question")
    func plain() throws {
        let wire = try builder.chat(
            ChatRequest(model: "claude-sonnet-4-5", system: "Be brief", messages: [.user("Hi")]))
        #expect(wire.method == .post && wire.path == "/v1/messages")
        #expect(wire.headers.map { "\($0.name): \($0.value)" } == ["anthropic-version: 2023-06-01"])
        #expect(
            wire.body?.text
                == #"{"model":"claude-sonnet-4-5","max_tokens":32000,"system":"Be brief","messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"stream":true}"#
        )
    }

    @Test("All options")
    func options() throws {
        let request = ChatRequest(model: "claude-haiku-4-5", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = .required
            $0.format = .schema(name: "paint", schema: colour)
            $0.stop = ["END"]
            $0.temperature = 0.3
            $0.maxTokens = 100
            $0.streams = false
            $0.extra = JSONObject([.init(key: "metadata", value: ["user_id": "u"])])
        }
        #expect(
            try body(builder, request)
                == #"{"model":"claude-haiku-4-5","max_tokens":100,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],"tools":[{"name":"weather","description":"Tells the weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}],"tool_choice":{"type":"any"},"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false}}},"temperature":0.3,"stop_sequences":["END"],"stream":false,"metadata":{"user_id":"u"}}"#
        )
    }

    static let choices: [(ToolChoice, String)] = [
        (.auto, #"{"type":"auto"}"#), (.none, #"{"type":"none"}"#),
        (.tool("weather"), #"{"type":"tool","name":"weather"}"#),
    ]

    @Test("Every tool choice", arguments: choices)
    func toolChoice(choice: ToolChoice, expected: String) throws {
        let request = ChatRequest(model: "claude-opus-4-6", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = choice
        }
        #expect(try member("tool_choice", builder, request) == expected)
    }

    @Test("Pictures and documents")
    func media() throws {
        let uploaded = Media(mediaType: "application/zip", source: .url("file_1"))
        let request = ChatRequest.of(
            "claude-opus-4-6",
            .user(.text("Look"), .image(png), .image(webPNG), .file(pdf), .file(webPDF), .file(notes), .file(uploaded)))
        #expect(
            try member("messages", builder, request)
                == #"[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0K"}},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"a.pdf"},{"type":"document","source":{"type":"url","url":"https://example.com/b.pdf"},"title":"b.pdf"},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hello"},"title":"notes.txt"},{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]"#
        )
        let zip = Media(mediaType: "application/zip", source: .base64("AAAA"))
        #expect(try refusal(builder, .of("claude-opus-4-6", .user(.file(zip)))).code == .unsupported)
    }

    @Test("A tool loop, with the thinking that must come back, and the result first")
    func toolLoop() throws {
        let turn = Message(
            role: .assistant,
            parts: [
                .reasoning(ReasoningPart("hm", opaque: opaque(#"{"type":"thinking","signature":"sig"}"#))),
                .reasoning(ReasoningPart("", opaque: opaque(#"{"type":"redacted_thinking","data":"xyz"}"#))),
                .text("Let me look."),
                .toolCall(ToolCall(id: "functions.weather:0", name: "weather", arguments: #"{"city":"Rome"}"#)),
            ])
        let result = ToolResult(callID: "functions.weather:0", name: "weather", content: "no such city", isError: true)
        let request = ChatRequest.of("claude-sonnet-4-5", .user("Hi"), turn, .user(.text("Well?"), .toolResult(result)))
        let messages = try #require(try builder.chat(request).body?["messages"])
        let id = try #require(messages[1]?["content"]?[3]?["id"]?.stringValue)
        #expect(
            messages.text
                == #"[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"xyz"},{"type":"text","text":"Let me look."},{"type":"tool_use","id":"\#(id)","name":"weather","input":{"city":"Rome"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"\#(id)","content":"no such city","is_error":true},{"type":"text","text":"Well?"}]}]"#
        )
        #expect(id.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") })
    }

    @Test("Thinking without a signature, thinking at the end, and blank text are left out")
    func looseBlocks() throws {
        let unsigned = ReasoningPart("hm", opaque: opaque(#"{"type":"thinking"}"#))
        let signed = ReasoningPart("so", opaque: opaque(#"{"type":"thinking","signature":"s"}"#))
        let turn = Message(
            role: .assistant, parts: [.reasoning(unsigned), .text("A"), .text(" \n"), .reasoning(signed)])
        let request = ChatRequest.of("claude-opus-4-6", .user("Hi"), turn, .user("  "), .user("Go"))
        #expect(
            try member("messages", builder, request)
                == #"[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"text","text":"A"}]},{"role":"user","content":[{"type":"text","text":"Go"}]}]"#
        )
    }

    @Test("The provider's own blocks go back as they are")
    func serverTools() throws {
        let use = #"{"type":"server_tool_use","id":"srv_1","name":"web_search","input":{"query":"x"}}"#
        let result = #"{"type":"web_search_tool_result","tool_use_id":"srv_1","content":[]}"#
        let turn = Message(
            role: .assistant,
            parts: [
                .serverTool(ServerToolPart(name: "web_search", opaque: opaque(use))),
                .serverTool(ServerToolPart(name: "web_search", opaque: opaque(result))), .text("Found"),
            ])
        let text = try body(builder, .of("claude-opus-4-6", .user("Hi"), turn, .user("Go")))
        #expect(text.contains(#"{"role":"assistant","content":[\#(use),\#(result),{"type":"text","text":"Found"}]}"#))
        let paused = Message(
            role: .assistant, parts: [.text("Wait"), .serverTool(ServerToolPart(name: "s", opaque: opaque(use)))])
        #expect(try body(builder, .of("claude-opus-5", .user("Hi"), paused)).contains(use))
    }

    @Test("A conversation begins with the user")
    func greeting() throws {
        let text = try member("messages", builder, .of("claude-opus-4-6", .assistant("Hello!"), .user("Hi")))
        #expect(
            text?.hasPrefix(
                #"[{"role":"user","content":[{"type":"text","text":"(The assistant speaks first.)"}]},{"role":"assistant""#
            ) == true)
    }

    @Test("The beginning of an answer loses its last white space, and is refused where it is not continued")
    func prefill() throws {
        let messages: [Message] = [.user("Hi"), .assistant("Once upon \n")]
        let text = try member("messages", builder, ChatRequest(model: "claude-sonnet-4-5", messages: messages))
        #expect(text?.hasSuffix(#"{"type":"text","text":"Once upon"}]}]"#) == true)
        #expect(try refusal(builder, ChatRequest(model: "claude-opus-4-6", messages: messages)).code == .unsupported)
        #expect(try member("messages", builder, ChatRequest(model: "deepseek-v4", messages: messages)) != nil)
    }

    static let samplingCases: [(String, Double?, Double?, String?, String?, Int)] = [
        ("claude-sonnet-4-0", 0.5, 0.9, "0.5", "0.9", 0), ("claude-sonnet-4-5", 0.5, 0.9, "0.5", nil, 1),
        ("claude-sonnet-4-5", nil, 0.9, nil, "0.9", 0), ("claude-sonnet-4-5", 1.5, nil, "1", nil, 1),
        ("claude-opus-4-7", 0.5, 0.9, nil, nil, 2), ("claude-opus-4-7", 1, 1, nil, nil, 0),
    ]

    @Test("Temperature and top-p by model", arguments: samplingCases)
    func sampling(model: String, temperature: Double?, topP: Double?, sent: String?, sentTopP: String?, count: Int)
        throws
    {
        let request = ChatRequest(model: model, "Hi").with {
            $0.temperature = temperature
            $0.topP = topP
        }
        #expect(try member("temperature", builder, request) == sent)
        #expect(try member("top_p", builder, request) == sentTopP)
        #expect(try warnings(builder, request).count == count)
    }

    @Test("What Anthropic does not have")
    func missing() throws {
        let base = ChatRequest(model: "claude-opus-4-6", "Hi")
        #expect(try warnings(builder, base.with { $0.seed = 1 }) == ["Anthropic takes no seed; it was left out."])
        let json = base.with {
            $0.format = .json
            $0.system = "S"
        }
        #expect(try member("system", builder, json) == #""S\n\nAnswer with one JSON object and nothing else.""#)
        #expect(try warnings(builder, json).count == 1)
        let schema = ChatRequest(model: "claude-3-5-haiku-20241022", "Hi").with {
            $0.format = .schema(name: "a", schema: colour)
        }
        #expect(try refusal(builder, schema).code == .unsupported)
        let forced = ChatRequest(model: "claude-opus-5-5", "Hi").with {
            $0.tools = [clock]
            $0.toolChoice = .required
        }
        #expect(try refusal(builder, forced).code == .unsupported)
    }

    @Test("Models come in pages, and tokens are counted without a limit")
    func others() throws {
        #expect(builder.models(page: nil).path == "/v1/models?limit=1000")
        #expect(builder.models(page: "claude/1").path == "/v1/models?limit=1000&after_id=claude%2F1")
        #expect(builder.models(page: nil).method == .get && builder.models(page: nil).headers.count == 1)
        let request = ChatRequest(model: "claude-opus-4-6", system: "S", messages: [.user("Hi")]).with {
            $0.tools = [clock]
            $0.seed = 1
        }
        let wire = try #require(try builder.countTokens(request))
        #expect(wire.path == "/v1/messages/count_tokens" && wire.headers.count == 1)
        #expect(wire.body?.objectValue?.members.map(\.key) == ["model", "system", "messages", "tools"])
    }
}
