import LAIProviders
import Testing

@Suite("The README's example")
struct ReadmeTests {
    @Test("streams an answer's text in a few lines")
    func example() async throws {
        let factory = ProviderFactory(environment: [:])
        let (provider, model) = try factory.provider(forModel: "mock/echo")
        var answer = ""
        for try await text in provider.stream(ChatRequest(model: model, "What is a monad?")).text {
            answer += text
        }
        #expect(answer == "What is a monad?")
    }

    @Test("gives up when the whole time is over, whatever the retries")
    func total() async throws {
        var options = CallOptions()
        var timeouts = Timeouts()
        timeouts.total = .milliseconds(50)
        options.timeouts = timeouts
        let stream = MockProvider().stream(ChatRequest(model: "stall-head", "Hello"), options: options)
        let error = await #expect(throws: LAIError.self) { try await stream.end() }
        #expect(error?.code == .timeout)
        #expect(error?.message.contains("50 ms") == true)
    }
}
