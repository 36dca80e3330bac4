public import LAICore
public import LAIStreaming

/// A message, or a conversation by its title, that a search found.
public struct SearchHit: Sendable, Hashable {
    public var conversation: ConversationID
    /// The conversation's title.
    public var title: String
    /// The message; nil where the title alone was found.
    public var message: MessageID?
    public var role: Message.Role?
    /// The model that answered, as the provider has it, or the one that was asked.
    public var model: String?
    /// When the message was made, or the conversation.
    public var created: Timestamp
    /// What was found, with a little of what stands around it.
    public var snippet: SearchSnippet
    /// Whether the message is still being received.
    public var isRunning: Bool
    public var isArchived: Bool
    /// How good the hit is, for comparing hits of one search.
    public var score: Double
}

/// A piece of a text, without Markdown's marks, on one line.
public struct SearchSnippet: Sendable, Hashable {
    public let text: String
    /// The parts of the text that were looked for, in their order, apart from each other.
    public let highlights: [Range<String.Index>]

    /// The whole text, piece by piece.
    public var pieces: [(text: Substring, isHighlighted: Bool)] {
        var pieces: [(Substring, Bool)] = []
        var place = text.startIndex
        for range in highlights {
            if place < range.lowerBound { pieces.append((text[place..<range.lowerBound], false)) }
            pieces.append((text[range], true))
            place = range.upperBound
        }
        if place < text.endIndex { pieces.append((text[place...], false)) }
        return pieces
    }
}
