internal import LAICore
internal import LAIMarkdown
internal import LAIStorage

/// A message as the page shows it.
enum MessageHTML {
    /// The element of a part, with what is in its blocks.
    /// - Parameter reasoned: how long a model reasoned; nil where that is not known.
    static func container(_ kind: BlockStart.Kind, _ blocks: String = "", reasoned: Duration? = nil) -> String {
        switch kind {
        case .text, .media: "<div class=\"part text\"><div class=\"blocks\">\(blocks)</div></div>"
        case .reasoning:
            "<details class=\"part reasoning\"><summary>\(reasoned.map { "Thought for \(DurationText.long($0))" } ?? "Reasoning")</summary><div class=\"blocks\">\(blocks)</div></details>"
        case .refusal: "<div class=\"part refusal\"><div class=\"blocks\">\(blocks)</div></div>"
        case .toolCall(_, let name, _):
            "<details class=\"part tool\"><summary>Tool call: <code>\(HTML.escaped(name))</code></summary><div class=\"blocks\">\(blocks)</div></details>"
        case .serverTool(let name):
            "<details class=\"part tool\"><summary>Used by the provider: <code>\(HTML.escaped(name))</code></summary><div class=\"blocks\">\(blocks)</div></details>"
        case .alternative(let choice):
            "<details class=\"part alternative\"><summary>Choice \(choice + 1)</summary><div class=\"blocks\">\(blocks)</div></details>"
        }
    }

    /// A part that has no growing text.
    static func other(_ part: Part) -> String? {
        switch part {
        case .image(let media), .file(let media): container(.media, self.media(media))
        case .toolResult(let result):
            "<details class=\"part tool\"><summary>\(result.isError ? "Failed tool" : "Result of"): <code>\(HTML.escaped(result.name))</code></summary>"
                + "<div class=\"blocks\"><pre class=\"plain\">\(HTML.escaped(result.content))</pre></div></details>"
        case .serverTool(let tool): container(.serverTool(name: tool.name))
        default: nil
        }
    }

    static func media(_ media: Media) -> String {
        let name = HTML.escaped(media.name ?? media.mediaType)
        switch media.source {
        case .base64(let data) where media.mediaType.hasPrefix("image/") && !media.mediaType.contains("svg"):
            return "<img class=\"media\" alt=\"\(name)\" src=\"data:\(HTML.escaped(media.mediaType));base64,\(HTML.escaped(data))\">"
        case .url(let url) where url.hasPrefix("https://") || url.hasPrefix("http://"):
            return "<a class=\"file\" href=\"\(HTML.escaped(url))\" rel=\"noopener noreferrer\" target=\"_blank\">\(name)</a>"
        default: return "<span class=\"file\">\(name)</span>"
        }
    }

    /// What is in a message: its parts, one behind another.
    static func body(_ message: StoredMessage) -> String {
        // What is known is the time in all: it stands at the first part.
        var reasoned = message.receipt?.reasoning
        return message.message.parts.map { part in
            guard let (kind, text) = BlockPatches.kindAndText(part) else { return other(part) ?? "" }
            let blocks = blocks(text, kind, isPerson: message.message.role == .user)
            guard case .reasoning = kind else { return container(kind, blocks) }
            defer { reasoned = nil }
            return container(kind, blocks, reasoned: reasoned)
        }.joined()
    }

    /// A text file that the page sent along: its name, and what is in it on demand.
    private static func file(_ text: String) -> String? {
        guard text.hasPrefix("\n\n"), text.hasSuffix("\n````"), let start = text.firstRange(of: ":\n\n````\n") else { return nil }
        let name = text[text.index(text.startIndex, offsetBy: 2)..<start.lowerBound]
        guard !name.contains("\n"), text.index(text.endIndex, offsetBy: -5) >= start.upperBound else { return nil }
        let content = text[start.upperBound..<text.index(text.endIndex, offsetBy: -5)]
        return "<details class=\"attached\"><summary><i class=\"i-file\"></i>\(HTML.escaped(name))</summary><pre class=\"plain\" tabindex=\"0\">\(HTML.escaped(content))</pre></details>"
    }

    /// What was written in a message, without the text files that went along.
    static func written(_ message: Message) -> String {
        message.parts.compactMap { if case .text(let text) = $0, file(text.text) == nil { text.text } else { nil } }.joined()
    }

    /// Whether a part goes along with what was written.
    static func goesAlong(_ part: Part) -> Bool {
        switch part {
        case .text(let text): file(text.text) != nil
        case .image, .file: true
        default: false
        }
    }

    /// What a person wrote is shown as it was written; what a model wrote is Markdown.
    private static func blocks(_ text: String, _ kind: BlockStart.Kind, isPerson: Bool) -> String {
        switch kind {
        case .text, .reasoning, .alternative:
            if isPerson { return "<div class=\"b written\">\(file(text) ?? HTML.escaped(text))</div>" }
            var stream = MarkdownStream()
            var update = stream.append(MathText.whole(text))
            var blocks = update.finished
            update = stream.finish()
            for block in update.changed { blocks[block.index] = block }
            return (blocks + update.finished).map { "<div class=\"b\">\(BlockHTML.dressed($0.html))</div>" }.joined()
        default: return text.isEmpty ? "" : "<div class=\"b\"><pre class=\"plain\">\(HTML.escaped(text))</pre></div>"
        }
    }
}
