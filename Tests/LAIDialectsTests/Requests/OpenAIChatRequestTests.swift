import LAICore
import LAIDialects
import Testing

@Suite("Requests to OpenAI's chat dialect")
struct OpenAIChatRequestTests {
    let openAI = OpenAIChatRequestBuilder(quirks: .openAI)
    let other = OpenAIChatRequestBuilder()

    @Test("A plain question to OpenAI")
    func plain() throws {
        let wire = try openAI.chat(ChatRequest(model: "gpt-4.1", system: "Be brief", messages: [.user("Hi")]))
        #expect(wire.method == .post && wire.path == "/chat/completions" && wire.headers.isEmpty)
        #expect(
            wire.body?.text
                == #"{"model":"gpt-4.1","messages":[{"role":"developer","content":"Be brief"},{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"#
        )
    }

    @Test("Without a stream there are no stream options")
    func noStream() throws {
        let request = ChatRequest(model: "m", "Hi").with { $0.streams = false }
        #expect(
            try body(other, request) == #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":false}"#)
    }

    @Test("All options")
    func options() throws {
        let request = ChatRequest(model: "gpt-4.1", "Hi").with {
            $0.tools = [weather, clock]
            $0.toolChoice = .auto
            $0.format = .json
            $0.stop = ["END", "\n"]
            $0.temperature = 0.7
            $0.topP = 0.9
            $0.maxTokens = 256
            $0.seed = 7
            $0.extra = JSONObject([.init(key: "user", value: "u")])
        }
        #expect(
            try body(openAI, request)
                == #"{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},{"type":"function","function":{"name":"clock","parameters":{"type":"object","properties":{}}}}],"tool_choice":"auto","response_format":{"type":"json_object"},"max_completion_tokens":256,"temperature":0.7,"top_p":0.9,"stop":["END","\n"],"seed":7,"stream":true,"stream_options":{"include_usage":true},"user":"u"}"#
        )
        #expect(try member("max_tokens", other, request) == "256")
    }

    @Test("A schema")
    func schema() throws {
        let request = ChatRequest(model: "m", "Hi").with { $0.format = .schema(name: "paint", schema: colour) }
        #expect(
            try member("response_format", other, request)
                == #"{"type":"json_schema","json_schema":{"name":"paint","schema":{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false},"strict":true}}"#
        )
    }

    static let choices: [(ToolChoice, String)] = [
        (.auto, #""auto""#), (.none, #""none""#), (.required, #""required""#),
        (.tool("weather"), #"{"type":"function","function":{"name":"weather"}}"#),
    ]

    @Test("Every tool choice", arguments: choices)
    func toolChoice(choice: ToolChoice, expected: String) throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [weather]
            $0.toolChoice = choice
        }
        #expect(try member("tool_choice", other, request) == expected)
    }

    @Test("A strict tool says so")
    func strictTool() throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [weather]
            $0.tools[0].strict = true
        }
        #expect(try member("tools", other, request)?.hasSuffix(#""required":["city"]},"strict":true}}]"#) == true)
    }

    @Test("Pictures and files")
    func media() throws {
        let request = ChatRequest.of("m", .user(.text("Look"), .image(png), .image(webPNG), .file(pdf), .file(notes)))
        #expect(
            try member("messages", openAI, request)
                == #"[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0K"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}},{"type":"text","text":"<file name=\"notes.txt\">\nHello\n</file>"}]}]"#
        )
        let uploaded = Media(mediaType: "application/pdf", source: .url("file-1"))
        #expect(
            try member("messages", openAI, .of("m", .user(.file(uploaded))))
                == #"[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}]"#)
    }

    @Test(
        "What cannot be taken is refused",
        arguments: [
            Part.file(webPDF), .file(Media(mediaType: "application/zip", name: "a.zip", source: .base64("AAAA"))),
            .image(Media(mediaType: "image/png", source: .url("file-1"))),
        ])
    func unsupported(part: Part) throws {
        #expect(try refusal(openAI, .of("m", .user(part))).code == .unsupported)
    }

    @Test("A refusal and text are one content; a made picture is left out with a warning")
    func assistant() throws {
        let message = Message(role: .assistant, parts: [.text("No: "), .refusal("I won't."), .image(png)])
        let request = ChatRequest.of("m", .user("Hi"), message, .user("Why?"))
        #expect(try body(other, request).contains(#"{"role":"assistant","content":"No: I won't."}"#))
        #expect(try warnings(other, request).count == 1)
        let pictureOnly = ChatRequest.of(
            "m", .user("Hi"), Message(role: .assistant, parts: [.image(png)]), .user("Why?"))
        #expect(try !body(other, pictureOnly).contains("assistant"))
    }

    @Test("A free-text call goes as such to OpenAI, as an argument elsewhere")
    func custom() throws {
        let call = ToolCall(id: "c", name: "run", arguments: "ls -l", isCustom: true)
        let request = ChatRequest.of(
            "m", .user("Hi"), Message(role: .assistant, parts: [.toolCall(call)]),
            .toolResults(ToolResult(callID: "c", name: "run", content: "a b")))
        #expect(
            try body(openAI, request).contains(#"{"id":"c","type":"custom","custom":{"name":"run","input":"ls -l"}}"#))
        #expect(try body(other, request).contains(#""function":{"name":"run","arguments":"{\"input\":\"ls -l\"}"}"#))
    }

    static let efforts: [(String, Reasoning, String?, Int)] = [
        ("gpt-5", .effort(.minimal), #""minimal""#, 0), ("gpt-5", .effort(.max), #""high""#, 1),
        ("gpt-5", .off, #""minimal""#, 1), ("gpt-5.1", .off, #""none""#, 0),
        ("gpt-5.1", .effort(.minimal), #""low""#, 1),
        ("gpt-5.2", .effort(.xhigh), #""xhigh""#, 0), ("gpt-5.6-sol", .effort(.max), #""max""#, 0),
        ("gpt-5.1-codex-max", .effort(.xhigh), #""xhigh""#, 0), ("gpt-5-pro", .effort(.low), #""high""#, 1),
        ("o3-mini", .effort(.medium), #""medium""#, 0), ("o3", .off, #""low""#, 1), ("gpt-4o", .off, nil, 0),
        ("gpt-4o", .effort(.high), nil, 1), ("gpt-5-chat-latest", .effort(.low), nil, 1),
        ("gpt-5", .budget(2000), #""low""#, 1), ("gpt-5.1", .budget(0), #""none""#, 0),
    ]

    @Test("Reasoning by OpenAI's model", arguments: efforts)
    func reasoning(model: String, reasoning: Reasoning, expected: String?, count: Int) throws {
        let request = ChatRequest(model: model, "Hi").with { $0.reasoning = reasoning }
        #expect(try member("reasoning_effort", openAI, request) == expected)
        #expect(try warnings(openAI, request).count == count)
    }

    static let samplingCases: [(String, Reasoning?, Bool)] = [
        ("gpt-4o", nil, true), ("gpt-5", nil, false), ("o3", nil, false), ("gpt-5.2", nil, true),
        ("gpt-5.2", .off, true),
        ("gpt-5.2", .effort(.low), false), ("gpt-5-chat-latest", nil, true),
    ]

    @Test("OpenAI's reasoning models lose temperature and top-p with a warning", arguments: samplingCases)
    func sampling(model: String, reasoning: Reasoning?, isSent: Bool) throws {
        let request = ChatRequest(model: model, "Hi").with {
            $0.reasoning = reasoning
            $0.temperature = 0.5
            $0.topP = 0.5
        }
        #expect(try (member("temperature", openAI, request) == "0.5") == isSent)
        #expect(try (member("top_p", openAI, request) == "0.5") == isSent)
        #expect(try warnings(openAI, request).count == (isSent ? 0 : 2))
    }

    @Test("The list of models is one page, and tokens cannot be counted")
    func others() throws {
        #expect(openAI.models(page: nil) == WireRequest(.get, path: "/models"))
        #expect(try openAI.countTokens(ChatRequest(model: "m", "Hi")) == nil)
    }
}
