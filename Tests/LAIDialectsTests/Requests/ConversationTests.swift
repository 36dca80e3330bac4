import LAICore
import LAIDialects
import Testing

/// The order of a conversation, seen through the dialect with the plainest form.
@Suite("The order of a conversation")
struct ConversationTests {
    private func messages(_ messages: Message..., system: String? = nil) throws -> String? {
        let builder = OpenAIChatRequestBuilder()
        return try member("messages", builder, ChatRequest(model: "m", system: system, messages: messages))
    }

    private let call = Message(role: .assistant, parts: [.toolCall(weatherCall)])
    private static let callText =
        #"{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]}"#
    private static let resultText = #"{"role":"tool","tool_call_id":"call_1","content":"sunny"}"#

    @Test("System messages at the beginning join the system text; later ones keep their place")
    func system() throws {
        let text = try messages(.system("B"), .user("Hi"), .system("C"), .user("Go"), system: "A")
        #expect(
            text
                == #"[{"role":"system","content":"A\n\nB"},{"role":"user","content":"Hi"},{"role":"system","content":"C"},{"role":"user","content":"Go"}]"#
        )
    }

    @Test("Consecutive messages of one role are one turn, and empty ones are none")
    func merging() throws {
        let text = try messages(
            .user("One"), .assistant(""), .user("Two"), .assistant("A"), .assistant("B"), .user(""), .user("Three"))
        #expect(
            text
                == #"[{"role":"user","content":[{"type":"text","text":"One"},{"type":"text","text":"Two"}]},{"role":"assistant","content":"AB"},{"role":"user","content":"Three"}]"#
        )
    }

    @Test("Results of tools stand right after their calls, in the order of the calls")
    func results() throws {
        let both = Message(
            role: .assistant,
            parts: [.toolCall(weatherCall), .toolCall(ToolCall(id: "call_2", name: "clock", arguments: ""))])
        let text = try #require(
            try messages(
                .user("Hi"), both, .system("Note"),
                .user(
                    .text("Well?"), .toolResult(ToolResult(callID: "call_2", name: "clock", content: "noon")),
                    .toolResult(weatherResult))))
        let order = [#""tool_calls""#, #""sunny""#, #""noon""#, #""Note""#, #""Well?""#]
        let places = order.map { text.firstRange(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(text.contains(#""name":"clock","arguments":"{}""#))
    }

    @Test("A call without a result gets one that says so")
    func interrupted() throws {
        let missing = #"{"role":"tool","tool_call_id":"call_1","content":"This call was not carried out."}"#
        #expect(
            try messages(.user("Hi"), call, .user("Go on"))
                == #"[{"role":"user","content":"Hi"},\#(Self.callText),\#(missing),{"role":"user","content":"Go on"}]"#)
        #expect(
            try messages(.user("Hi"), call) == #"[{"role":"user","content":"Hi"},\#(Self.callText),\#(missing)]"#)
    }

    @Test("Two rounds of tools keep their order, and each call an id of its own")
    func rounds() throws {
        let text = try messages(.user("Hi"), call, .toolResults(weatherResult), call, .toolResults(weatherResult))
        let round = "\(Self.callText),\(Self.resultText)"
        let second = round.replacing("call_1", with: "call_1_2")
        #expect(text == #"[{"role":"user","content":"Hi"},\#(round),\#(second)]"#)
    }

    @Test("A call whose arguments were cut short goes out with none")
    func cutShort() throws {
        let cut = ToolCall(id: "call_1", name: "weather", arguments: #"{"city":"Ro"#)
        let text = try #require(
            try messages(.user("Hi"), Message(role: .assistant, parts: [.toolCall(cut)]), .user("Go")))
        #expect(text.contains(#""arguments":"{}""#))
    }

    @Test(
        "Dialects without a system role get later system messages as tagged text",
        arguments: [Dialect.anthropic, .gemini])
    func taggedSystem(dialect: Dialect) throws {
        let request = ChatRequest.of("m", .user("Hi"), .assistant("Yes"), .system("Be brief"), .user("Go"))
        let text = try body(dialect.makeRequestBuilder(), request)
        #expect(text.contains(#""text":"<system>\nBe brief\n</system>"},{"#))
    }
}
