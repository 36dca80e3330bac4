internal import LAICore

/// The parts of a message that are put together from pieces: an empty line stands between two texts.
struct MessageParts {
    private(set) var all: [Part] = []
    private var hasText = false

    mutating func add(_ parts: [Part]) { for part in parts { add(part) } }

    mutating func add(_ part: Part) {
        guard case .text(var text) = part else { return all.append(part) }
        if text.text.isEmpty, text.citations.isEmpty { return }
        if hasText, !text.text.isEmpty { text.text = "\n\n" + text.text }
        hasText = hasText || !text.text.isEmpty
        all.append(.text(text))
    }

    mutating func add(_ text: String) { add(.text(TextPart(text))) }
}
