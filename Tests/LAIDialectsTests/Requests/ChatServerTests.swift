import LAICore
import LAIDialects
import Testing

@Suite("Servers of OpenAI's chat dialect, each in its own way")
struct ChatServerTests {
    static let servers: [ChatQuirks] = [
        .openAI, .openRouter, .groq, .deepSeek, .mistral, .xAI, .together, .lmStudio, .llamaCPP, .vLLM, ChatQuirks(),
    ]

    private func keys(_ quirks: ChatQuirks, _ change: (inout ChatRequest) -> Void) throws -> [String] {
        let request = ChatRequest(model: "m", "Hi").with(change)
        return try OpenAIChatRequestBuilder(quirks: quirks).chat(request).body?.objectValue?.members.map(\.key) ?? []
    }

    @Test("The limit of tokens has one name", arguments: servers)
    func limit(quirks: ChatQuirks) throws {
        let keys = try keys(quirks) { $0.maxTokens = 10 }
        let isNew = ["OpenAI", "Groq", "xAI"].contains(quirks.server)
        #expect(keys.contains("max_completion_tokens") == isNew && keys.contains("max_tokens") != isNew)
    }

    @Test("Usage is asked for where that is understood", arguments: servers)
    func usage(quirks: ChatQuirks) throws {
        #expect(try keys(quirks) { _ in }.contains("stream_options") == (quirks.server != "Mistral"))
    }

    @Test("Only OpenAI has developers", arguments: servers)
    func role(quirks: ChatQuirks) throws {
        let text = try body(
            OpenAIChatRequestBuilder(quirks: quirks), ChatRequest(model: "m", system: "S", messages: [.user("Hi")]))
        #expect(text.contains(#""role":"developer""#) == (quirks.server == "OpenAI"))
    }

    static let reasoningCases: [(ChatQuirks, Reasoning, String, Int)] = [
        (ChatQuirks(), .effort(.low), #"{"reasoning_effort":"low"}"#, 0),
        (ChatQuirks(), .off, #"{"reasoning_effort":"none"}"#, 0),
        (ChatQuirks(), .budget(5000), #"{"reasoning_effort":"medium"}"#, 1),
        (.openRouter, .effort(.xhigh), #"{"reasoning":{"effort":"xhigh"}}"#, 0),
        (.openRouter, .budget(2000), #"{"reasoning":{"max_tokens":2000}}"#, 0),
        (.openRouter, .off, #"{"reasoning":{"enabled":false}}"#, 0),
        (.openRouter, .budget(0), #"{"reasoning":{"enabled":false}}"#, 0),
        (.groq, .effort(.max), #"{"reasoning_effort":"high"}"#, 1),
        (.deepSeek, .effort(.medium), #"{"thinking":{"type":"enabled"},"reasoning_effort":"medium"}"#, 0),
        (.deepSeek, .off, #"{"thinking":{"type":"disabled"}}"#, 0),
        (.mistral, .effort(.low), #"{"reasoning_effort":"high"}"#, 1),
        (.mistral, .off, #"{"reasoning_effort":"none"}"#, 0),
        (.xAI, .effort(.xhigh), #"{"reasoning_effort":"xhigh"}"#, 0),
        (.together, .off, #"{"reasoning":{"enabled":false}}"#, 0),
        (
            .llamaCPP, .effort(.high),
            #"{"chat_template_kwargs":{"enable_thinking":true,"reasoning_effort":"high"},"reasoning_effort":"high"}"#, 0
        ),
        (
            .llamaCPP, .budget(500), #"{"chat_template_kwargs":{"enable_thinking":true},"thinking_budget_tokens":500}"#,
            0
        ),
        (.llamaCPP, .off, #"{"reasoning_effort":"none","chat_template_kwargs":{"enable_thinking":false}}"#, 0),
        (.vLLM, .effort(.minimal), #"{"chat_template_kwargs":{"enable_thinking":true},"reasoning_effort":"low"}"#, 1),
        (.vLLM, .off, #"{"chat_template_kwargs":{"enable_thinking":false}}"#, 0),
    ]

    @Test("Reasoning as each server wants it", arguments: reasoningCases)
    func reasoning(quirks: ChatQuirks, reasoning: Reasoning, expected: String, count: Int) throws {
        let builder = OpenAIChatRequestBuilder(quirks: quirks)
        let request = ChatRequest(model: "m", "Hi").with { $0.reasoning = reasoning }
        let plain = try #require(try builder.chat(ChatRequest(model: "m", "Hi")).body?.objectValue).members
        let members = try #require(try builder.chat(request).body?.objectValue).members.filter { !plain.contains($0) }
        #expect(JSONValue.object(JSONObject(members)).text == expected)
        #expect(try warnings(builder, request).count == count)
    }

    @Test("A server that cannot be told to reason, or not to, gets nothing and the person a warning")
    func noReasoning() throws {
        var quirks = ChatQuirks()
        quirks.reasoning = .none
        let request = ChatRequest(model: "m", "Hi").with { $0.reasoning = .effort(.high) }
        #expect(try warnings(OpenAIChatRequestBuilder(quirks: quirks), request).count == 1)
        quirks.reasoning = .rule(.init(levels: [.high], off: nil))
        #expect(
            try warnings(OpenAIChatRequestBuilder(quirks: quirks), request.with { $0.reasoning = .off }) == [
                "This server cannot switch reasoning off."
            ])
    }

    @Test("Mistral has its own words for a seed, a forced call and ids")
    func mistral() throws {
        let builder = OpenAIChatRequestBuilder(quirks: .mistral)
        let request = ChatRequest.of(
            "m", .user("Hi"), Message(role: .assistant, parts: [.toolCall(weatherCall)]), .toolResults(weatherResult)
        ).with {
            $0.seed = 3
            $0.tools = [weather]
            $0.toolChoice = .required
        }
        let wire = try #require(try builder.chat(request).body)
        #expect(wire["random_seed"] == 3 && wire["seed"] == nil && wire["tool_choice"] == "any")
        let id = try #require(wire["messages"]?[1]?["tool_calls"]?[0]?["id"]?.stringValue)
        #expect(id.utf8.count == 9 && wire["messages"]?[2]?["tool_call_id"]?.stringValue == id)
        let file = ChatRequest.of("m", .user(.file(webPDF)))
        #expect(
            try member("messages", builder, file)
                == #"[{"role":"user","content":[{"type":"document_url","document_url":"https://example.com/b.pdf","document_name":"b.pdf"}]}]"#
        )
    }

    @Test(
        "Where no tool can be named, it alone is offered and must be called",
        arguments: [ChatQuirks.llamaCPP, .lmStudio])
    func namedTool(quirks: ChatQuirks) throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.tools = [weather, clock]
            $0.toolChoice = .tool("clock")
        }
        let wire = try #require(try OpenAIChatRequestBuilder(quirks: quirks).chat(request).body)
        #expect(wire["tool_choice"] == "required" && wire["tools"]?.arrayValue?.count == 1)
        #expect(wire["tools"]?[0]?["function"]?["name"] == "clock")
    }

    @Test("Reasoning details go back to who takes them")
    func details() throws {
        let request = ChatRequest.of("m", .user("Hi"), assistantOfAllDialects(), .user("Go"))
        #expect(
            try member("messages", OpenAIChatRequestBuilder(quirks: .openRouter), request)
                == #"[{"role":"user","content":"Hi"},{"role":"assistant","content":"said","reasoning_details":[{"signature":"c-sig"}]},{"role":"user","content":"Go"}]"#
        )
        #expect(try !body(OpenAIChatRequestBuilder(quirks: .groq), request).contains("c-sig"))
    }

    @Test("DeepSeek gets the reasoning of a tool loop back, and no other")
    func deepSeek() throws {
        let builder = OpenAIChatRequestBuilder(quirks: .deepSeek)
        let thinking = Message(role: .assistant, parts: [.reasoning(ReasoningPart("hm")), .toolCall(weatherCall)])
        let answer = Message(role: .assistant, parts: [.reasoning(ReasoningPart("so")), .text("Sunny")])
        let chat = Message(role: .assistant, parts: [.reasoning(ReasoningPart("idle")), .text("Bye")])
        let request = ChatRequest.of(
            "m", .user("Hi"), thinking, .toolResults(weatherResult), answer, .user("Thanks"), chat, .user("Ok"))
        let messages = try #require(try builder.chat(request).body?["messages"])
        #expect(messages[1]?["reasoning_content"] == "hm")
        #expect(messages[3]?["reasoning_content"] == "so")
        #expect(messages[5]?["reasoning_content"] == nil)
    }

    @Test("A schema is strict where that is known", arguments: servers)
    func schema(quirks: ChatQuirks) throws {
        if quirks.schemas == .none { return }
        let request = ChatRequest(model: "m", "Hi").with { $0.format = .schema(name: "a", schema: colour) }
        let schema = try OpenAIChatRequestBuilder(quirks: quirks).chat(request).body?["response_format"]?["json_schema"]
        let strict = quirks.schemas == .strict ? "true" : nil
        #expect(schema?["strict"]?.text == strict)
    }

    @Test("What would change the answer is refused")
    func refusals() throws {
        let deepSeek = OpenAIChatRequestBuilder(quirks: .deepSeek)
        #expect(try refusal(deepSeek, .of("m", .user(.image(png)))).code == .unsupported)
        let schema = ChatRequest(model: "m", "Hi").with { $0.format = .schema(name: "a", schema: colour) }
        #expect(try refusal(deepSeek, schema).code == .unsupported)
        let lmStudio = OpenAIChatRequestBuilder(quirks: .lmStudio)
        #expect(try refusal(lmStudio, .of("m", .user(.image(webPNG)))).code == .unsupported)
        #expect(try refusal(lmStudio, .of("m", .user(.file(pdf)))).code == .unsupported)
        let stops = ChatRequest(model: "m", "Hi").with { $0.stop = ["1", "2", "3", "4", "5"] }
        #expect(try refusal(OpenAIChatRequestBuilder(quirks: .openAI), stops).code == .unsupported)
        #expect(try member("stop", OpenAIChatRequestBuilder(quirks: .vLLM), stops) != nil)
    }

    @Test("The presets are whole and found by their id")
    func presets() throws {
        let ids = ServerPreset.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(
            Set(ids) == [
                "openai", "anthropic", "gemini", "ollama", "openrouter", "groq", "deepseek", "mistral", "xai",
                "together",
                "lmstudio", "llamacpp", "vllm",
            ])
        for preset in ServerPreset.all {
            #expect(ServerPreset.named(preset.id) == preset)
            #expect(
                !preset.baseURL.hasSuffix("/")
                    && preset.baseURL.hasPrefix(preset.isLocal ? "http://localhost:" : "https://"))
            #expect(preset.needsKey != preset.isLocal && !preset.apiKeyEnvironment.isEmpty)
            #expect(try preset.makeRequestBuilder().chat(ChatRequest(model: "m", "Hi")).path.hasPrefix("/"))
        }
        #expect(ServerPreset.named("openai")?.dialect == .openAIResponses)
        #expect(ServerPreset.named("nobody") == nil)
    }
}
