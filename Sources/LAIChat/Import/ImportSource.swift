internal import LAICore

/// Which program wrote an export.
public enum ImportSource: String, Sendable, Hashable, CaseIterable {
    case lai = "LAI"
    case chatGPT = "ChatGPT"
    case claude = "Claude"

    /// The program that wrote a conversation, by what it holds; nil for what is none that is known.
    init?(of conversation: JSONValue) {
        if conversation["lai_conversation"] != nil {
            self = .lai
        } else if conversation["mapping"]?.objectValue != nil {
            self = .chatGPT
        } else if conversation["chat_messages"]?.arrayValue != nil {
            self = .claude
        } else {
            return nil
        }
    }
}
