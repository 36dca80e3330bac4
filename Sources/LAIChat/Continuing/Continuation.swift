internal import LAICore

/// How an answer that broke off is made to go on: as the beginning of the model's own answer where the provider has that,
/// with an instruction where it has not.
struct Continuation {
    let request: ChatRequest
    private let text: String
    /// What the end of the text had to lose before it could be sent.
    let trimmed: String

    /// - Parameter request: one whose last message is the answer so far.
    init(of request: ChatRequest, by provider: any Provider) {
        text = request.messages.last?.text ?? ""
        var request = request
        if provider.continuesAnswers(of: request), let trimmed = Continuation.trim(&request.messages[request.messages.count - 1]) {
            self.trimmed = trimmed
        } else {
            trimmed = ""
            request.messages.append(.user(Continuation.instruction))
        }
        self.request = request
    }

    /// A stream of the continuation, without what it says twice.
    func joining(_ stream: ChatStream) -> ChatStream { stream.continuing(after: text, trimmed: trimmed) }

    private static let instruction = """
        Your answer was cut off. Continue it exactly where it ends, in the same style, without repeating anything of it and \
        without a word about the interruption.
        """

    /// Takes the white space off the end of a message, which the beginning of an answer must not have.
    /// - Returns: what was taken; nil when the message does not end with text that could be gone on with.
    private static func trim(_ message: inout Message) -> String? {
        guard case .text(var part)? = message.parts.last else { return nil }
        let end = part.text.lastIndex { !$0.isWhitespace }.map { part.text.index(after: $0) } ?? part.text.startIndex
        guard end > part.text.startIndex else { return nil }
        let trimmed = String(part.text[end...])
        part.text = String(part.text[..<end])
        message.parts[message.parts.count - 1] = .text(part)
        return trimmed
    }
}
