public import LAICore

/// What a request demands of a model.
///
/// Tokens are estimated at four bytes of UTF-8 each, which is a little too many for English, too few for most other
/// scripts' short texts, and near enough to choose a model by.
public struct RouteNeeds: Sendable, Hashable {
    /// About how many tokens the prompt has.
    public var promptTokens: Int
    /// How many tokens are set aside for the answer: the limit of the request, else 1,024.
    public var answerTokens: Int
    public var hasImages: Bool
    public var hasTools: Bool
    public var kind: QuestionKind
    /// What tells the kind, as the end of a sentence: “it has a code block”.
    public var kindReason: String

    public init(_ request: ChatRequest) {
        promptTokens = (request.promptBytes + 3) / 4
        answerTokens = request.maxTokens ?? 1024
        hasImages = request.messages.contains { $0.parts.contains { if case .image = $0 { true } else { false } } }
        hasTools = !request.tools.isEmpty
        (kind, kindReason) = QuestionKind.classify(request)
    }

    /// Whether there are models that cannot take it.
    var isDemanding: Bool { hasImages || hasTools || tokens > 4096 }

    /// What must fit into the context window.
    public var tokens: Int { promptTokens + answerTokens }
}
