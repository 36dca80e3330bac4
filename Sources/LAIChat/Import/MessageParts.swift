internal import LAICore

/// The parts of a message that are put together from pieces: an empty line stands between two texts.
struct MessageParts {
    private(set) var all: [Part] = []
    private var hasText = false

    /// Adds parts that belong together already.
    mutating func add(_ parts: [Part]) {
        let isText = { (part: Part) in if case .text = part { true } else { false } }
        guard let first = parts.firstIndex(where: isText) else { return all += parts }
        all += parts[..<first]
        add(parts[first])
        all += parts[(first + 1)...]
    }

    mutating func add(_ part: Part) {
        guard case .text(var text) = part else { return all.append(part) }
        if text.text.isEmpty, text.citations.isEmpty { return }
        if hasText, !text.text.isEmpty { text.text = "\n\n" + text.text }
        hasText = hasText || !text.text.isEmpty
        all.append(.text(text))
    }

    mutating func add(_ text: String) { add(.text(TextPart(text))) }
}
