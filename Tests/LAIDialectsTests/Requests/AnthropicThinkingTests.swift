import LAICore
import LAIDialects
import Testing

@Suite("How Anthropic's models are told to think")
struct AnthropicThinkingTests {
    let builder = AnthropicRequestBuilder()

    struct Case: Sendable, CustomTestStringConvertible {
        var model: String
        var reasoning: Reasoning
        var maxTokens: Int?
        var thinking: String?
        var effort: String?
        var limit: Int
        var warnings = 0
        var testDescription: String { "\(model) \(reasoning) \(maxTokens.map(String.init) ?? "")" }
    }

    private static let adaptive = #"{"type":"adaptive","display":"summarized"}"#
    private static func budget(_ tokens: Int) -> String { #"{"type":"enabled","budget_tokens":\#(tokens)}"# }

    static let cases: [Case] = [
        // Budgets, up to 4.5.
        Case(model: "claude-sonnet-4-5", reasoning: .effort(.low), thinking: budget(2048), limit: 32000),
        Case(model: "claude-3-7-sonnet-20250219", reasoning: .effort(.max), thinking: budget(24000), limit: 32000),
        Case(model: "claude-sonnet-4-5", reasoning: .budget(50_000), thinking: budget(50_000), limit: 58_000),
        Case(model: "claude-sonnet-4-5", reasoning: .budget(100), thinking: budget(1024), limit: 32000, warnings: 1),
        Case(
            model: "claude-sonnet-4-5", reasoning: .effort(.high), maxTokens: 8000, thinking: budget(6000), limit: 8000),
        Case(
            model: "claude-sonnet-4-5", reasoning: .budget(9000), maxTokens: 8000, thinking: budget(6000), limit: 8000,
            warnings: 1),
        Case(
            model: "claude-sonnet-4-5", reasoning: .budget(2000), maxTokens: 1100, thinking: budget(1024), limit: 1100,
            warnings: 1),
        Case(model: "claude-sonnet-4-5", reasoning: .effort(.high), maxTokens: 1024, limit: 1024, warnings: 1),
        Case(model: "claude-sonnet-4-5", reasoning: .off, limit: 32000),
        Case(model: "claude-3-5-haiku-20241022", reasoning: .effort(.high), limit: 8192, warnings: 1),
        Case(model: "claude-3-opus-20240229", reasoning: .off, limit: 4096),
        Case(model: "kimi-k3", reasoning: .effort(.medium), thinking: budget(8192), limit: 16192),
        // Both forms in 4.6.
        Case(model: "claude-opus-4-6", reasoning: .effort(.medium), thinking: adaptive, effort: "medium", limit: 32000),
        Case(
            model: "claude-opus-4-6", reasoning: .effort(.minimal), thinking: adaptive, effort: "low", limit: 32000,
            warnings: 1),
        Case(model: "claude-opus-4-6", reasoning: .budget(4000), thinking: budget(4000), limit: 32000),
        Case(model: "claude-opus-4-6", reasoning: .off, limit: 32000),
        // Efforts alone since.
        Case(model: "claude-opus-4-8", reasoning: .effort(.xhigh), thinking: adaptive, effort: "xhigh", limit: 64000),
        Case(
            model: "claude-opus-4-8", reasoning: .effort(.max), maxTokens: 900, thinking: adaptive, effort: "max",
            limit: 900),
        Case(
            model: "claude-opus-4-8", reasoning: .budget(20_000), thinking: adaptive, effort: "high", limit: 32000,
            warnings: 1),
        Case(model: "claude-opus-4-8", reasoning: .off, limit: 32000),
        Case(model: "claude-sonnet-5", reasoning: .off, thinking: #"{"type":"disabled"}"#, limit: 32000),
        Case(model: "claude-haiku-5-5", reasoning: .budget(0), thinking: #"{"type":"disabled"}"#, limit: 32000),
        Case(model: "claude-sonnet-5-5", reasoning: .off, thinking: #"{"type":"between_tools"}"#, limit: 32000),
        Case(model: "claude-opus-5-5", reasoning: .off, effort: "low", limit: 32000, warnings: 1),
        Case(model: "claude-fable-5", reasoning: .off, effort: "low", limit: 32000, warnings: 1),
        Case(
            model: "claude-mythos-preview", reasoning: .effort(.high), thinking: adaptive, effort: "high", limit: 32000),
        Case(model: "claude-opus-6", reasoning: .effort(.low), thinking: adaptive, effort: "low", limit: 32000),
    ]

    @Test("Each generation in its own form", arguments: cases)
    func forms(example: Case) throws {
        let request = ChatRequest(model: example.model, "Hi").with {
            $0.reasoning = example.reasoning
            $0.maxTokens = example.maxTokens
        }
        let wire = try #require(try builder.chat(request).body)
        #expect(wire["thinking"]?.text == example.thinking)
        #expect(wire["output_config"]?["effort"]?.stringValue == example.effort)
        #expect(wire["max_tokens"] == .int(example.limit))
        #expect(try warnings(builder, request).count == example.warnings)
        if let budget = wire["thinking"]?["budget_tokens"]?.intValue {
            #expect(budget >= 1024 && budget < example.limit)
        }
    }

    @Test("Thinking leaves no temperature and no top-p")
    func sampling() throws {
        let request = ChatRequest(model: "claude-sonnet-4-5", "Hi").with {
            $0.reasoning = .effort(.low)
            $0.temperature = 0.5
            $0.topP = 0.9
        }
        let wire = try #require(try builder.chat(request).body)
        #expect(wire["temperature"] == nil && wire["top_p"] == nil)
        #expect(try warnings(builder, request).count == 2)
    }

    @Test(
        "A forced tool call goes before thinking",
        arguments: [("claude-sonnet-4-5", nil), ("claude-opus-5", "disabled")])
    func forcedTool(model: String, type: String?) throws {
        let request = ChatRequest(model: model, "Hi").with {
            $0.reasoning = .effort(.high)
            $0.tools = [clock]
            $0.toolChoice = .tool("clock")
        }
        let wire = try #require(try builder.chat(request).body)
        #expect(wire["thinking"]?["type"]?.stringValue == type && wire["tool_choice"] != nil)
        #expect(try warnings(builder, request).count == 1)
    }

    @Test("A tool loop of another provider goes on without thinking where a budget would be refused")
    func foreignLoop() throws {
        let messages: [Message] = [
            .user("Hi"), Message(role: .assistant, parts: [.toolCall(weatherCall)]), .toolResults(weatherResult),
        ]
        var request = ChatRequest(model: "claude-sonnet-4-5", messages: messages).with { $0.reasoning = .effort(.high) }
        #expect(try member("thinking", builder, request) == nil)
        #expect(try warnings(builder, request).count == 1)
        request.model = "claude-opus-4-6"
        #expect(try member("thinking", builder, request) != nil)
        request.model = "claude-sonnet-4-5"
        request.messages += [.assistant("Sunny"), .user("Thanks")]
        #expect(try member("thinking", builder, request) != nil)
    }
}
