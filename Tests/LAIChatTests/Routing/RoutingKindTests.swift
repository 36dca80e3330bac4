import LAIChat
import LAICore
import Testing

@Suite("The kind of a question")
struct RoutingKindTests {
    @Test("is told by plain signs", arguments: [
        ("What is a monad?", QuestionKind.simple), ("", .simple), ("Hallo, wie geht es dir?", .simple), ("日本の首都は？", .simple),
        ("Look at this:\n```\nx\n```", .code), ("diff --git a/x b/x\n+1", .code), ("Write a Python script", .code),
        ("int main() {\n  return 0;\n}", .code), ("Why does the compiler refuse this?", .code), ("Traceback (most recent call last):\n  x", .code),
        ("Prove that there are infinitely many primes.", .reasoning), ("Think step by step: who is taller?", .reasoning),
        ("He improved the proofing of bread", .simple), ("What does digital mean?", .simple),
        ("A first line.\nAnd a second one, about nothing much.", .chat),
        (String(repeating: "Something is said about the weather. ", count: 10), .chat),
        (String(repeating: "Something is said about the weather. ", count: 400), .long),
    ])
    func kinds(text: String, kind: QuestionKind) {
        let needs = RouteNeeds(ChatRequest(model: "m", text))
        #expect(needs.kind == kind, "\(needs.kindReason)")
        #expect(!needs.kindReason.isEmpty)
    }

    @Test("is that of the last question, not of what was said before")
    func last() {
        let request = ChatRequest(model: "m", messages: [.user("```x```"), .assistant("```y```"), .user("Thanks!")])
        #expect(RouteNeeds(request).kind == .simple)
    }

    @Test("is reasoning where thinking is asked for, unless it is switched off")
    func thinking() {
        var request = ChatRequest(model: "m", "Hello")
        request.reasoning = .effort(.high)
        #expect(RouteNeeds(request).kind == .reasoning)
        request.reasoning = .off
        #expect(RouteNeeds(request).kind == .simple)
    }

    @Test("needs count four bytes a token, the answer's limit, pictures and tools")
    func needs() {
        var request = ChatRequest(model: "m", String(repeating: "a", count: 401))
        #expect(RouteNeeds(request).promptTokens == 101)
        #expect(RouteNeeds(request).tokens == 101 + 1024)
        request.maxTokens = 10
        #expect(RouteNeeds(request).tokens == 111)
        #expect(!RouteNeeds(request).hasImages)
        request.messages[0].parts.append(.image(Media(mediaType: "image/png", source: .base64(""))))
        request.tools = [Tool(name: "t", description: "", parameters: [:])]
        #expect(RouteNeeds(request).hasImages)
        #expect(RouteNeeds(request).hasTools)
    }

    @Test("is found in a moment in a very long text")
    func work() {
        let text = String(repeating: "word ", count: 2_000_000)
        #expect(RouteNeeds(ChatRequest(model: "m", text)).kind == .long)
    }
}
