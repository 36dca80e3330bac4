import LAICore
import LAIDialects
import Testing

/// A body that a server of a dialect might send, written for these tests, and what it must come to.
struct Fixture: Sendable, CustomTestStringConvertible {
    var name: String
    var dialect: Dialect
    var body: [UInt8]
    var expected: Expected
    var testDescription: String { "\(dialect.rawValue): \(name)" }

    struct Expected: Sendable {
        var text = ""
        var reasoning: String?
        var refusal: String?
        /// Each as `name(arguments)#id`.
        var calls: [String] = []
        var reason = FinishReason.stop
        var rawReason: String?
        var usage: Usage?
        var id: String?
        var model: String?
        var errorCode: LAIError.Code?
        var errorWords: String?
        /// What must be sent back, in its order.
        var opaque: [String] = []
        var citations: [String] = []
        /// How many warnings there are.
        var warnings = 0
        var stopSequence: String?
        var blockReason: String?
        /// The kinds of the parts, where there are others than text, reasoning and calls.
        var otherParts: [String] = []
    }

    /// - Parameter body: the events, without the empty line behind the last one, which is put there unless it `isCut`.
    init(
        _ name: String, _ dialect: Dialect, _ body: String, isCut: Bool = false,
        _ expect: (inout Expected) -> Void
    ) {
        self.name = name
        self.dialect = dialect
        self.body = Array((body + (isCut ? "" : "\n\n")).utf8)
        expected = Expected()
        expect(&expected)
    }

    static let all = openAIChat + openAIChatFailures + openAIResponses + anthropic + anthropicEndings + gemini + ollama
}
