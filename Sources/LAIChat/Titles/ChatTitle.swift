internal import LAICore
internal import LAIMarkdown
internal import LAIStorage

/// The name of a conversation that nobody named.
enum ChatTitle {
    private static let maxLength = 60

    /// The conversation with its first words for a title, unless it has a better one.
    static func named(_ conversation: Conversation, after message: Message) -> Conversation {
        guard conversation.titleSource < .words else { return conversation }
        var conversation = conversation
        conversation.title = words(of: message)
        conversation.titleSource = .words
        return conversation
    }

    /// The first line that says something, cut between words.
    static func words(of message: Message) -> String {
        // A long question is named by its beginning.
        let plain = MarkdownText.plain(String(message.text.prefix(2000)))
        let line = plain.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }.first { !$0.isEmpty }
        guard let line else { return message.parts.isEmpty ? "Nothing" : "A file" }
        return shortened(line)
    }

    /// A line cut between words, so that it fits into a list.
    static func shortened(_ line: Substring) -> String {
        if line.count <= maxLength { return String(line) }
        let cut = line.prefix(maxLength)
        let whole = cut.lastIndex(where: \.isWhitespace).map { cut[..<$0] } ?? cut
        return whole + "…"
    }
}
