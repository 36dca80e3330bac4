import LAICore
import LAIDialects
import Testing

@Suite("What no builder accepts")
struct CheckingTests {
    static let nonsense: [(String, ChatRequest)] = {
        let base = ChatRequest(model: "m", "Hi")
        return [
            ("names no model", ChatRequest(model: "", "Hi")),
            ("holds no message", ChatRequest(model: "m", messages: [])),
            ("every message is", ChatRequest(model: "m", "")),
            ("temperature", base.with { $0.temperature = -0.1 }),
            ("temperature", base.with { $0.temperature = .nan }),
            ("temperature", base.with { $0.temperature = .infinity }),
            ("Top-p", base.with { $0.topP = 0 }),
            ("Top-p", base.with { $0.topP = 1.5 }),
            ("Top-p", base.with { $0.topP = .nan }),
            ("at least 1, not 0", base.with { $0.maxTokens = 0 }),
            ("at least 1, not -5", base.with { $0.maxTokens = -5 }),
            ("budget cannot be negative", base.with { $0.reasoning = .budget(-1) }),
            ("stop text is empty", base.with { $0.stop = ["a", ""] }),
            ("schema has no name", base.with { $0.format = .schema(name: "", schema: colour) }),
            ("schema is no JSON object", base.with { $0.format = .schema(name: "a", schema: "string") }),
            ("tool has no name", base.with { $0.tools = [Tool(name: "", description: "", parameters: [:])] }),
            ("Two tools are called `clock`", base.with { $0.tools = [clock, clock] }),
            ("are no JSON Schema object", base.with { $0.tools = [Tool(name: "a", description: "", parameters: [1])] }),
            ("no tool is offered", base.with { $0.toolChoice = .required }),
            (
                "`weather` must be called",
                base.with {
                    $0.tools = [clock]
                    $0.toolChoice = .tool("weather")
                }
            ),
            (
                "hold text only",
                ChatRequest(model: "m", messages: [Message(role: .system, parts: [.image(png)]), .user("Hi")])
            ),
            ("in a message of the user", .of("m", .user(.toolCall(weatherCall)))),
            (
                "in a message of the assistant",
                .of("m", .user("Hi"), Message(role: .assistant, parts: [.toolResult(weatherResult)]))
            ),
            ("answers no call", .of("m", .user("Hi"), .toolResults(weatherResult))),
        ]
    }()

    @Test("A request that makes no sense is refused in a sentence", arguments: nonsense)
    func refuses(words: String, request: ChatRequest) throws {
        for builder in builders {
            let error = try refusal(builder, request)
            #expect(error.code == .invalidRequest)
            #expect(error.message.contains(words) && error.message.hasSuffix("."), "\(error.message)")
        }
    }

    @Test("A count of tokens is refused as the request itself is")
    func counting() {
        for dialect in [Dialect.anthropic, .gemini, .openAIResponses] {
            #expect(throws: LAIError.self) {
                try dialect.makeRequestBuilder().countTokens(ChatRequest(model: "m", messages: []))
            }
        }
    }

    @Test("The same request gives the same bytes", arguments: Dialect.allCases)
    func isPure(dialect: Dialect) throws {
        let builder = dialect.makeRequestBuilder()
        let request = ChatRequest(model: "m", messages: [.user("Hi"), assistantOfAllDialects(), .user("And?")])
        #expect(try builder.chat(request) == builder.chat(request))
        #expect(try body(builder, request) == body(builder, request))
    }

    @Test("Extra members go over the body last, objects deeply", arguments: Dialect.allCases)
    func extra(dialect: Dialect) throws {
        let request = ChatRequest(model: "m", "Hi").with {
            $0.extra = JSONObject([
                .init(key: "model", value: "other"), .init(key: "options", value: ["num_ctx": 8192]),
                .init(key: "generationConfig", value: ["topK": 4]),
            ])
            $0.maxTokens = 100
        }
        let wire = try #require(try dialect.makeRequestBuilder().chat(request).body)
        #expect(wire["model"] == "other")
        if dialect == .ollama { #expect(wire["options"]?.text == #"{"num_predict":100,"num_ctx":8192}"#) }
        if dialect == .gemini { #expect(wire["generationConfig"]?.text == #"{"maxOutputTokens":100,"topK":4}"#) }
    }

    @Test("What another dialect attached is never sent", arguments: Dialect.allCases)
    func foreignData(dialect: Dialect) throws {
        let request = ChatRequest(model: "m", messages: [.user("Hi"), assistantOfAllDialects(), .user("And?")])
        let text = try body(dialect.makeRequestBuilder(), request)
        let prefixes: [Dialect: String] = [.anthropic: "a-", .gemini: "g-", .openAIResponses: "r-", .openAIChat: "c-"]
        for (owner, prefix) in prefixes {
            for word in ["sig", "thought", "srv"] where owner != dialect {
                #expect(!text.contains("\"\(prefix)\(word)\""), "\(owner): \(text)")
            }
            if owner == dialect { #expect(text.contains("\(prefix)sig")) }
        }
        #expect(text.contains("said") && !text.contains("other choice"))
        #expect(try warnings(dialect.makeRequestBuilder(), request).isEmpty)
    }

    @Test("Damaged data of the provider's own is left out with a warning")
    func damagedData() throws {
        let part = ReasoningPart("hm", opaque: Opaque(dialect: "anthropic", json: "{\"type\":"))
        let request = ChatRequest.of(
            "claude-opus-4-6", .user("Hi"), Message(role: .assistant, parts: [.reasoning(part), .text("Yes")]),
            .user("Go"))
        #expect(
            try warnings(AnthropicRequestBuilder(), request) == [
                "The data that Anthropic attached to an earlier answer is damaged and was left out."
            ])
        #expect(try !body(AnthropicRequestBuilder(), request).contains("hm"))
    }

    @Test(
        "What is absent is left out, never null, but for the text of a turn that only calls tools",
        arguments: Dialect.allCases)
    func noNulls(dialect: Dialect) throws {
        let turn = Message(role: .assistant, parts: [.reasoning(ReasoningPart("hm")), .toolCall(weatherCall)])
        let loop = ChatRequest.of("m", .user(.text("Hi"), .image(png)), turn, .toolResults(weatherResult))
        let variants: [ChatRequest] = [
            ChatRequest(model: "m", "Hi"), loop, loop.with { $0.tools = [weather, clock] },
            loop.with { $0.reasoning = .off },
            loop.with {
                $0.reasoning = .effort(.high)
                $0.maxTokens = 9000
            },
            loop.with {
                $0.temperature = 1
                $0.format = .json
            },
        ]
        for request in variants {
            let text = try body(dialect.makeRequestBuilder(), request)
            #expect(text.replacing(#""content":null"#, with: "").firstRange(of: "null") == nil, "\(text)")
        }
    }
}
