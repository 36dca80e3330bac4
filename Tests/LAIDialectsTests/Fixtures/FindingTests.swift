import LAICore
import LAIDialects
import Testing

@Suite("What fuzzing found")
struct FindingTests {
    @Test("a line that ends an answer in two ways ends it once, and nothing follows")
    func twoEnds() {
        let line = #"{"status":"success","done":true,"done_reason":"unheard of","message":{"content":"late"}}"# + "\n"
        let events = decode(Array(line.utf8), dialect: .ollama)
        let ends = events.filter { event in if case .end = event { true } else { false } }
        #expect(ends.count == 1)
        #expect(events.last == ends.first)
    }

    @Test("a pause that no one can wait for is none", arguments: ["infs", "nans", "-1s", "1e300s"])
    func endlessPause(delay: String) {
        let body = #"{"error":{"message":"m","details":[{"retryDelay":"\#(delay)"}]}}"#
        let end = Folded(decode(Array(body.utf8), dialect: .gemini)).end
        #expect(end.error?.providerMessage == "m")
        #expect(end.error?.retryAfter == nil)
    }

    @Test("counts of tokens that no number holds end nothing", arguments: Dialect.allCases)
    func hugeCounts(dialect: Dialect) {
        let max = Int.max
        let body =
            #"{"usage":{"prompt_tokens":\#(max),"completion_tokens":\#(max),"total_tokens":1,"input_tokens":\#(max),"cache_read_input_tokens":\#(max),"completion_tokens_details":{"reasoning_tokens":\#(max)}},"usageMetadata":{"promptTokenCount":\#(max),"candidatesTokenCount":\#(max),"thoughtsTokenCount":\#(max)},"type":"message_delta"}"#
        let events = decode(Array("data: \(body)\n\n".utf8), dialect: dialect)
        let hasEnd = if case .end? = events.last { true } else { false }
        #expect(hasEnd)
    }
}
