internal import LAIWire

/// Remembers the last chunk that said nothing but one piece of text, so that the next one, which most often differs in
/// that piece only, need not be parsed.
struct ChatRepetition {
    /// So many chunks in a row without a match, and the server's chunks are taken for all different.
    private static let maxMisses = 16

    private var template: JSONTemplate?
    private var kind = Answer.PlainKind.text
    private var misses = 0
    /// Of the chunk that is being read: whether it has one choice with one piece of text and nothing else.
    var isPlain = false
    private var piece: JSONString?
    private var pieceKind = Answer.PlainKind.text

    mutating func begin() {
        isPlain = misses < ChatRepetition.maxMisses
        piece = nil
    }

    /// Notes a choice of the chunk.
    mutating func note(_ delta: ChatDelta, isOnly: Bool) {
        guard isPlain else { return }
        isPlain = isOnly && piece == nil && delta.isOnePiece
        piece = delta.text.flatMap { $0.isEmpty ? nil : $0 } ?? delta.reasoning
        pieceKind = delta.text.map { $0.isEmpty } ?? true ? .reasoning : .text
    }

    /// Keeps the chunk, when it is plain, as what the next ones are compared with.
    mutating func learn(_ text: UnsafeRawBufferPointer, padding: JSONString?) {
        guard isPlain, let piece else { return }
        misses += 1
        kind = pieceKind
        // The padding, which OpenAI adds against eavesdroppers, comes last and is another each time. Where it comes
        // first, every chunk is parsed.
        template = JSONTemplate(text, strings: [piece] + (padding.map { [$0] } ?? []))
    }

    /// The piece of text of a chunk that is otherwise like the one before.
    mutating func match(_ payload: UnsafeRawBufferPointer) -> (JSONString, Answer.PlainKind)? {
        // An empty piece may give way to another, in a place that was not looked at.
        guard let text = template?.match(payload), !text.isEmpty else { return nil }
        misses = 0
        return (text, kind)
    }
}
