import LAICore
import LAIDialects
import Testing

@Suite("The start of an answer")
struct StartTests {
    @Test(
        "knows the id and the model, wherever the server puts them in its first event",
        arguments: [
            (Dialect.gemini, #"{"modelVersion":"m","responseId":"r","candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]}"#),
            (.gemini, #"{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"modelVersion":"m","responseId":"r"}"#),
            (.openAIChat, #"{"id":"r","model":"m","choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"#),
            (.openAIChat, #"{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"id":"r","model":"m"}"#),
        ])
    func order(dialect: Dialect, payload: String) {
        #expect(start(dialect, payload) == ResponseStart(id: "r", model: "m"))
    }

    @Test("is there even where the server answers with nothing")
    func empty() {
        let blocked = #"{"promptFeedback":{"blockReason":"SAFETY"},"modelVersion":"m","responseId":"r"}"#
        #expect(start(.gemini, blocked) == ResponseStart(id: "r", model: "m"))
    }

    @Test("of a question with two candidates keeps the reason of the first")
    func reasons() {
        let payload = #"{"candidates":[{"index":0,"finishReason":"MAX_TOKENS","content":{"parts":[{"text":"a"}]}},{"index":1,"finishReason":"STOP","content":{"parts":[{"text":"b"}]}}]}"#
        #expect(Folded(decode(Array("data: \(payload)\n\n".utf8), dialect: .gemini)).end.rawReason == "MAX_TOKENS")
    }

    private func start(_ dialect: Dialect, _ payload: String) -> ResponseStart? {
        for case .started(let start) in decode(Array("data: \(payload)\n\n".utf8), dialect: dialect) { return start }
        return nil
    }
}
