import LAICore
import LAIDialects
import Testing

@Suite("Requests to Gemini")
struct GeminiRequestTests {
    let builder = GeminiRequestBuilder()

    private func opaque(_ json: String) -> Opaque { Opaque(dialect: "gemini", json: json) }

    @Test("A plain question, as a stream and as one body")
    func plain() throws {
        var request = ChatRequest(model: "gemini-2.5-flash", system: "Be brief", messages: [.user("Hi")])
        let wire = try builder.chat(request)
        #expect(wire.path == "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse" && wire.headers.isEmpty)
        #expect(
            wire.body?.text
                == #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"systemInstruction":{"parts":[{"text":"Be brief"}]}}"#
        )
        request.streams = false
        #expect(try builder.chat(request).path == "/v1beta/models/gemini-2.5-flash:generateContent")
    }

    @Test(
        "The model's name stands in the path, encoded",
        arguments: [
            ("models/gemini-pro-latest", "/v1beta/models/gemini-pro-latest:"),
            ("tunedModels/my one", "/v1beta/tunedModels/my%20one:"),
            ("a/b?c", "/v1beta/models/a%2Fb%3Fc:"),
        ])
    func path(model: String, prefix: String) throws {
        #expect(try builder.chat(ChatRequest(model: model, "Hi")).path == prefix + "streamGenerateContent?alt=sse")
    }

    @Test("All options")
    func options() throws {
        let request = ChatRequest(model: "gemini-3-flash-preview", "Hi").with {
            $0.tools = [weather, clock]
            $0.toolChoice = .tool("weather")
            $0.reasoning = .effort(.low)
            $0.format = .schema(name: "paint", schema: colour)
            $0.stop = ["END"]
            $0.temperature = 0.5
            $0.topP = 0.9
            $0.maxTokens = 1000
            $0.seed = 7
            $0.extra = JSONObject([.init(key: "generationConfig", value: ["candidateCount": 1])])
        }
        #expect(
            try body(builder, request)
                == #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"tools":[{"functionDeclarations":[{"name":"weather","description":"Tells the weather","parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},{"name":"clock","parametersJsonSchema":{"type":"object","properties":{}}}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},"generationConfig":{"temperature":0.5,"topP":0.9,"maxOutputTokens":1000,"stopSequences":["END"],"seed":7,"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false},"thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true},"candidateCount":1}}"#
        )
        #expect(
            try member("generationConfig", builder, ChatRequest(model: "m", "Hi").with { $0.format = .json })
                == #"{"responseMimeType":"application/json"}"#)
    }

    static let choices: [(ToolChoice?, Bool?, String?)] = [
        (nil, nil, nil), (.auto, nil, "AUTO"), (.some(.none), nil, "NONE"), (.required, true, "ANY"),
        (nil, true, "VALIDATED"),
        (.auto, true, "VALIDATED"), (nil, false, nil),
    ]

    @Test("Every tool choice", arguments: choices)
    func toolChoice(choice: ToolChoice?, strict: Bool?, expected: String?) throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [clock]
            $0.tools[0].strict = strict
            $0.toolChoice = choice
        }
        #expect(
            try builder.chat(request).body?["toolConfig"]?["functionCallingConfig"]?["mode"]?.stringValue == expected)
    }

    static let thinkingCases: [(String, Reasoning, String?, Int)] = [
        ("gemini-2.5-flash", .effort(.medium), #"{"thinkingBudget":8192,"includeThoughts":true}"#, 0),
        ("gemini-2.5-flash", .off, #"{"thinkingBudget":0}"#, 0),
        ("gemini-2.5-flash", .budget(0), #"{"thinkingBudget":0}"#, 0),
        ("gemini-2.5-pro", .effort(.max), #"{"thinkingBudget":32768,"includeThoughts":true}"#, 0),
        ("gemini-2.5-pro", .off, #"{"thinkingBudget":128}"#, 1),
        ("gemini-2.5-pro", .budget(500), #"{"thinkingBudget":500,"includeThoughts":true}"#, 0),
        ("gemini-3-pro-preview", .effort(.medium), #"{"thinkingLevel":"HIGH","includeThoughts":true}"#, 1),
        ("gemini-3.1-pro-preview", .effort(.medium), #"{"thinkingLevel":"MEDIUM","includeThoughts":true}"#, 0),
        ("gemini-3-flash-preview", .effort(.minimal), #"{"thinkingLevel":"MINIMAL","includeThoughts":true}"#, 0),
        ("gemini-3-flash-preview", .off, #"{"thinkingLevel":"MINIMAL"}"#, 1),
        ("gemini-3.8-flash", .effort(.minimal), #"{"thinkingLevel":"LOW","includeThoughts":true}"#, 1),
        ("gemini-4-argon", .effort(.xhigh), #"{"thinkingLevel":"HIGH","includeThoughts":true}"#, 1),
        ("gemini-flash-latest", .budget(3000), #"{"thinkingLevel":"LOW","includeThoughts":true}"#, 1),
        ("gemini-2.0-flash", .effort(.high), nil, 1), ("gemini-2.0-flash", .off, nil, 0),
        ("gemma-3-27b-it", .effort(.low), nil, 1),
    ]

    @Test("Thinking by generation", arguments: thinkingCases)
    func thinking(model: String, reasoning: Reasoning, expected: String?, count: Int) throws {
        let request = ChatRequest(model: model, "Hi").with { $0.reasoning = reasoning }
        #expect(try builder.chat(request).body?["generationConfig"]?["thinkingConfig"]?.text == expected)
        #expect(try warnings(builder, request).count == count)
    }

    @Test("Pictures and files")
    func media() throws {
        let uploaded = Media(mediaType: "", source: .url("files/abc"))
        let request = ChatRequest.of("m", .user(.image(png), .image(webPNG), .file(pdf), .file(uploaded)))
        #expect(
            try member("contents", builder, request)
                == #"[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw0K"}},{"fileData":{"mimeType":"image/png","fileUri":"https://example.com/a.png"}},{"inlineData":{"mimeType":"application/pdf","data":"JVBERi0="}},{"fileData":{"fileUri":"files/abc"}}]}]"#
        )
    }

    @Test("A tool loop, with the signatures on the parts that they came with")
    func toolLoop() throws {
        let first = ToolCall(
            id: "lai_1", name: "weather", arguments: #"{"city":"Rome"}"#, opaque: opaque(#"{"thoughtSignature":"s2"}"#))
        let second = ToolCall(id: "x9", name: "clock", arguments: "{}")
        let turn = Message(
            role: .assistant,
            parts: [
                .reasoning(ReasoningPart("hm", opaque: opaque(#"{"thoughtSignature":"s1"}"#))),
                .reasoning(ReasoningPart("gone")),
                .toolCall(first), .toolCall(second),
            ])
        let answer = Message(
            role: .assistant,
            parts: [.text("Done"), .text(TextPart("", opaque: opaque(#"{"thoughtSignature":"s3"}"#)))])
        let request = ChatRequest.of(
            "gemini-3-flash-preview", .user("Hi"), turn,
            .toolResults(
                ToolResult(callID: "lai_1", name: "weather", content: #"{"sky":"blue"}"#),
                ToolResult(callID: "x9", name: "clock", content: "broken", isError: true)),
            answer, .user("Go"))
        #expect(
            try member("contents", builder, request)
                == #"[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"s1"},{"functionCall":{"name":"weather","args":{"city":"Rome"}},"thoughtSignature":"s2"},{"functionCall":{"id":"x9","name":"clock","args":{}}}]},{"role":"user","parts":[{"functionResponse":{"name":"weather","response":{"output":{"sky":"blue"}}}},{"functionResponse":{"id":"x9","name":"clock","response":{"error":"broken"}}}]},{"role":"model","parts":[{"text":"Done"},{"text":"","thoughtSignature":"s3"}]},{"role":"user","parts":[{"text":"Go"}]}]"#
        )
    }

    @Test("A call of another provider gets the signature that stands for none, since generation 3")
    func foreignCall() throws {
        let messages: [Message] = [
            .user("Hi"), Message(role: .assistant, parts: [.toolCall(weatherCall)]), .toolResults(weatherResult),
        ]
        let new = try body(builder, ChatRequest(model: "gemini-3-pro-preview", messages: messages))
        #expect(new.contains(#""thoughtSignature":"skip_thought_signature_validator""#))
        let old = try body(builder, ChatRequest(model: "gemini-2.5-pro", messages: messages))
        #expect(!old.contains("thoughtSignature"))
    }

    @Test(
        "Results and what the user says after them are one turn, the results first; parts of Gemini's own go back whole"
    )
    func mixedTurn() throws {
        let code = #"{"executableCode":{"language":"PYTHON","code":"1"},"thoughtSignature":"s"}"#
        let turn = Message(
            role: .assistant,
            parts: [.serverTool(ServerToolPart(name: "code", opaque: opaque(code))), .toolCall(weatherCall)])
        let request = ChatRequest.of(
            "gemini-2.5-pro", .user("Hi"), turn, .user(.text("Well?"), .toolResult(weatherResult)))
        #expect(
            try member("contents", builder, request)
                == #"[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[\#(code),{"functionCall":{"id":"call_1","name":"weather","args":{"city":"Rome"}}}]},{"role":"user","parts":[{"functionResponse":{"id":"call_1","name":"weather","response":{"output":"sunny"}}},{"text":"Well?"}]}]"#
        )
    }

    @Test("Six stop texts are refused")
    func stops() throws {
        let request = ChatRequest(model: "m", "Hi").with { $0.stop = ["1", "2", "3", "4", "5", "6"] }
        #expect(try refusal(builder, request).code == .unsupported)
    }

    @Test("Models come in pages, and tokens are counted of the whole request")
    func others() throws {
        #expect(builder.models(page: nil) == WireRequest(.get, path: "/v1beta/models?pageSize=1000"))
        #expect(builder.models(page: "a=b").path == "/v1beta/models?pageSize=1000&pageToken=a%3Db")
        let wire = try #require(
            try builder.countTokens(ChatRequest(model: "gemini-2.5-pro", system: "S", messages: [.user("Hi")])))
        #expect(wire.path == "/v1beta/models/gemini-2.5-pro:countTokens")
        #expect(
            wire.body?.text
                == #"{"generateContentRequest":{"model":"models/gemini-2.5-pro","contents":[{"role":"user","parts":[{"text":"Hi"}]}],"systemInstruction":{"parts":[{"text":"S"}]}}}"#
        )
    }
}
