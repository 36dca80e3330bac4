import Synchronization

/// Long texts that were pasted: the line shows how long they are, and the message has them.
final class PastedTexts: Sendable {
    private static let maxLines = 12
    private static let maxLength = 2000
    /// Texts that are remembered; older ones are gone from the line's history too.
    private static let maxCount = 100

    private let texts = Mutex<(next: Int, texts: [(mark: String, text: String)])>((1, []))

    /// What the line shows of a pasted text: itself, or a mark for it.
    func shown(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        guard lines > PastedTexts.maxLines || text.unicodeScalars.count > PastedTexts.maxLength else { return text }
        return texts.withLock { state in
            let mark = "[pasted text \(state.next): \(lines) line\(lines == 1 ? "" : "s")]"
            state.next += 1
            state.texts.append((mark, text))
            if state.texts.count > PastedTexts.maxCount { state.texts.removeFirst() }
            return mark
        }
    }

    /// The line with the texts in place of their marks.
    func expanded(_ line: String) -> String {
        guard line.contains("[pasted text ") else { return line }
        return texts.withLock { state in
            // Each mark once: what a text itself says is left alone.
            var pieces: [(text: String, isFixed: Bool)] = [(line, false)]
            for (mark, text) in state.texts {
                pieces = pieces.flatMap { piece -> [(text: String, isFixed: Bool)] in
                    guard !piece.isFixed, let range = piece.text.firstRange(of: mark) else { return [piece] }
                    return [
                        (String(piece.text[..<range.lowerBound]), false), (text, true), (String(piece.text[range.upperBound...]), false),
                    ]
                }
            }
            return pieces.map(\.text).joined()
        }
    }
}
