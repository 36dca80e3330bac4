import LAIProviders
import Testing

@Suite("The mock provider")
struct MockProviderTests {
    @Test("says the question again", arguments: ["Hello", "Zwei Wörter, 日本 🙂", "a\nb\t\"c\" \\ d", "👨‍👩‍👧 e\u{301}", " two  spaces "])
    func echo(question: String) async throws {
        let end = try await MockProvider().stream(ChatRequest(model: "echo", question)).end()
        #expect(end.message.text == question)
        #expect(end.reason == .stop)
    }

    @Test("says the last question of a conversation, not what came between")
    func lastQuestion() async throws {
        var request = ChatRequest(model: "echo", "First")
        request.messages += [.assistant("An answer"), .user("Second"), .assistant("Another")]
        #expect(try await MockProvider().stream(request).end().message.text == "Second")
    }

    @Test("has nothing to say again where nothing was asked")
    func empty() async throws {
        let end = try await MockProvider().stream(ChatRequest(model: "echo", messages: [])).end()
        #expect(end.message.parts.isEmpty)
        #expect(end.reason == .stop)
    }

    @Test("says words in several forms of Markdown")
    func lorem() async throws {
        let text = try await MockProvider().stream(ChatRequest(model: "lorem", "Hello")).end().message.text
        #expect(text.hasPrefix("# A text that says nothing"))
        #expect(text.contains("```swift\nprint(\"Hello, 日本 🙂\")\n```"))
        #expect(text.hasSuffix("That is all."))
    }

    @Test("speaks as many words a second as its name says", arguments: [("echo-50", 20), ("lorem-50", 20), ("echo-0.5", 2000)])
    func rate(model: String, milliseconds: Int) async throws {
        let clock = HastyClock()
        var pieces = 0
        for try await _ in MockProvider(clock: clock).stream(ChatRequest(model: model, "One two three")).text { pieces += 1 }
        #expect(clock.delays == Array(repeating: .milliseconds(milliseconds), count: pieces))
        #expect(pieces >= 3)
    }

    @Test("speaks at once where its name has no rate, or none at all")
    func atOnce() async throws {
        for model in ["echo", "lorem", "echo-0"] {
            let clock = HastyClock()
            _ = try await MockProvider(clock: clock).stream(ChatRequest(model: model, "One two three")).end()
            #expect(clock.delays.isEmpty)
        }
    }

    @Test("says which models there are when it is asked for another", arguments: ["nonsense", "echo-fast", "lorem--5", "", "http-418", "echo-nan"])
    func unknown(model: String) async throws {
        let error = try await #require(throws: LAIError.self) {
            try await MockProvider().stream(ChatRequest(model: model, "Hello")).end()
        }
        #expect(error.code == .notFound)
        #expect(error.provider == "mock")
        #expect(error.message.hasPrefix("The mock has no model “\(model)”; it has echo, lorem, refused, dns, "))
    }

    @Test("lists its models, and counts four bytes a token")
    func calls() async throws {
        #expect(try await MockProvider().models().map(\.id) == ["echo", "lorem"] + MockFault.allCases.map(\.rawValue))
        #expect(try await MockProvider().countTokens(ChatRequest(model: "echo", "123456789")) == 3)
    }

    @Test("estimates the usage, and says so")
    func usage() async throws {
        let end = try await MockProvider().stream(ChatRequest(model: "echo", "12345678")).end()
        #expect(end.usage == Usage(inputTokens: 2, outputTokens: 2, source: .estimated))
    }

    @Test("does what its script says, and fails where the script does")
    func script() async throws {
        let provider = MockProvider(id: "stage") { request in
            if request.model == "broken" { throw LAIError(.unsupported, "Not today.", provider: "stage") }
            return MockScript(pieces: ["To be ", "or not"])
        }
        #expect(try await provider.stream(ChatRequest(model: "any", "Hello")).end().message.text == "To be or not")
        let error = try await #require(throws: LAIError.self) {
            try await provider.stream(ChatRequest(model: "broken", "Hello")).end()
        }
        #expect(error.message == "Not today.")
    }
}
