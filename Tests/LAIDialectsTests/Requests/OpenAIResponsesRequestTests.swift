import LAICore
import LAIDialects
import Testing

@Suite("Requests to OpenAI's Responses API")
struct OpenAIResponsesRequestTests {
    let builder = OpenAIResponsesRequestBuilder()

    private func opaque(_ json: String) -> Opaque { Opaque(dialect: "openai-responses", json: json) }

    @Test("A plain question")
    func plain() throws {
        let wire = try builder.chat(ChatRequest(model: "gpt-4.1", system: "Be brief", messages: [.user("Hi")]))
        #expect(wire.method == .post && wire.path == "/responses" && wire.headers.isEmpty)
        #expect(
            wire.body?.text
                == #"{"model":"gpt-4.1","instructions":"Be brief","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]}],"store":false,"stream":true}"#
        )
    }

    @Test("All options")
    func options() throws {
        let request = ChatRequest(model: "gpt-5.2", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = .tool("weather")
            $0.reasoning = .effort(.high)
            $0.format = .schema(name: "paint", schema: colour)
            $0.maxTokens = 500
            $0.streams = false
            $0.extra = JSONObject([.init(key: "text", value: ["verbosity": "low"])])
        }
        #expect(
            try body(builder, request)
                == #"{"model":"gpt-5.2","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]}],"tools":[{"type":"function","name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"strict":false}],"tool_choice":{"type":"function","name":"weather"},"reasoning":{"effort":"high","summary":"auto"},"include":["reasoning.encrypted_content"],"text":{"format":{"type":"json_schema","name":"paint","schema":{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false},"strict":true},"verbosity":"low"},"max_output_tokens":500,"store":false,"stream":false}"#
        )
    }

    @Test("Sampling, JSON, and a switched-off reasoning")
    func sampling() throws {
        let request = ChatRequest(model: "gpt-5.2", "Hi").with {
            $0.reasoning = .off
            $0.format = .json
            $0.temperature = 0.2
            $0.topP = 0.5
        }
        let wire = try #require(try builder.chat(request).body)
        #expect(wire["reasoning"]?.text == #"{"effort":"none"}"#)
        #expect(wire["text"]?.text == #"{"format":{"type":"json_object"}}"#)
        #expect(wire["temperature"]?.text == "0.2" && wire["top_p"]?.text == "0.5")
    }

    static let choices: [(ToolChoice, String)] = [
        (.auto, #""auto""#), (.none, #""none""#), (.required, #""required""#),
    ]

    @Test("Every tool choice", arguments: choices)
    func toolChoice(choice: ToolChoice, expected: String) throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = choice
        }
        #expect(try member("tool_choice", builder, request) == expected)
    }

    @Test("What is missing from the API is refused or left out")
    func missing() throws {
        let base = ChatRequest(model: "gpt-4.1", "Hi")
        #expect(try refusal(builder, base.with { $0.stop = ["END"] }).code == .unsupported)
        #expect(try warnings(builder, base.with { $0.seed = 1 }).count == 1)
        let short = base.with { $0.maxTokens = 5 }
        #expect(try member("max_output_tokens", builder, short) == "16")
        #expect(try warnings(builder, short).count == 1)
        #expect(try warnings(builder, base.with { $0.reasoning = .effort(.low) }).count == 1)
    }

    @Test("Pictures and files")
    func media() throws {
        let uploaded = Media(mediaType: "application/pdf", source: .url("file-1"))
        let picture = Media(mediaType: "image/png", source: .url("file-2"))
        let request = ChatRequest.of(
            "gpt-4.1",
            .user(
                .image(png), .image(webPNG), .image(picture), .file(pdf), .file(webPDF), .file(uploaded), .file(notes)))
        #expect(
            try member("input", builder, request)
                == #"[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,iVBORw0K"},{"type":"input_image","image_url":"https://example.com/a.png"},{"type":"input_image","file_id":"file-2"},{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="},{"type":"input_file","file_url":"https://example.com/b.pdf"},{"type":"input_file","file_id":"file-1"},{"type":"input_file","filename":"notes.txt","file_data":"data:text/plain;base64,SGVsbG8="}]}]"#
        )
    }

    @Test("A tool loop, with its reasoning right before the call")
    func toolLoop() throws {
        let reasoning = #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"abc"}"#
        var call = weatherCall
        call.opaque = opaque(#"{"id":"fc_1"}"#)
        let turn = Message(
            role: .assistant,
            parts: [.text("Wait."), .reasoning(ReasoningPart("hm", opaque: opaque(reasoning))), .toolCall(call)])
        let request = ChatRequest.of(
            "gpt-5", .user("Hi"), turn, .toolResults(weatherResult), .system("Short"), .user("Go"))
        #expect(
            try member("input", builder, request)
                == #"[{"role":"user","content":[{"type":"input_text","text":"Hi"}]},{"role":"assistant","content":[{"type":"output_text","text":"Wait."}]},\#(reasoning),{"type":"function_call","id":"fc_1","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Rome\"}"},{"type":"function_call_output","call_id":"call_1","output":"sunny"},{"role":"developer","content":"Short"},{"role":"user","content":[{"type":"input_text","text":"Go"}]}]"#
        )
    }

    @Test("Reasoning that nothing follows, or without its content, is left out")
    func looseReasoning() throws {
        let whole = ReasoningPart("", opaque: opaque(#"{"type":"reasoning","id":"rs_1","encrypted_content":"abc"}"#))
        let bare = ReasoningPart("", opaque: opaque(#"{"type":"reasoning","id":"rs_2","summary":[]}"#))
        let last = ChatRequest.of(
            "gpt-5", .user("Hi"), Message(role: .assistant, parts: [.text("A"), .reasoning(whole)]), .user("Go"))
        #expect(try !body(builder, last).contains("rs_1"))
        let first = ChatRequest.of(
            "gpt-5", .user("Hi"), Message(role: .assistant, parts: [.reasoning(bare), .reasoning(whole), .text("A")]),
            .user("Go"))
        #expect(
            try member("input", builder, first)?.contains(
                #"{"type":"reasoning","id":"rs_1","encrypted_content":"abc"},{"role":"assistant","content":[{"type":"output_text","text":"A"}]}"#
            ) == true)
        #expect(try !body(builder, first).contains("rs_2"))
        let only = ChatRequest.of(
            "gpt-5", .user("Hi"), Message(role: .assistant, parts: [.reasoning(whole)]), .user("Go"))
        #expect(try !body(builder, only).contains("rs_1"))
    }

    @Test("Refusals, free-text calls and the provider's own tools")
    func otherItems() throws {
        let search = #"{"type":"web_search_call","id":"ws_1","status":"completed"}"#
        let turn = Message(
            role: .assistant,
            parts: [
                .serverTool(ServerToolPart(name: "web_search", opaque: opaque(search))), .refusal("No."),
                .toolCall(ToolCall(id: "c", name: "run", arguments: "ls", isCustom: true)),
            ])
        let request = ChatRequest.of(
            "gpt-5", .user("Hi"), turn, .toolResults(ToolResult(callID: "c", name: "run", content: "a")))
        #expect(
            try member("input", builder, request)
                == #"[{"role":"user","content":[{"type":"input_text","text":"Hi"}]},\#(search),{"role":"assistant","content":[{"type":"refusal","refusal":"No."}]},{"type":"custom_tool_call","call_id":"c","name":"run","input":"ls"},{"type":"custom_tool_call_output","call_id":"c","output":"a"}]"#
        )
    }

    @Test("Tokens are counted with the prompt alone")
    func counting() throws {
        let request = ChatRequest(model: "gpt-5", system: "S", messages: [.user("Hi")]).with {
            $0.tools = [clock]
            $0.maxTokens = 99
        }
        let wire = try #require(try builder.countTokens(request))
        #expect(wire.path == "/responses/input_tokens")
        #expect(wire.body?.objectValue?.members.map(\.key) == ["model", "instructions", "input", "tools"])
        #expect(builder.models(page: "x") == WireRequest(.get, path: "/models"))
    }
}
