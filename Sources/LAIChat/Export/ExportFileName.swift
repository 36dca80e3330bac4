internal import LAICore
public import LAIStorage

extension ConversationExport {
    private static let longestName = 80

    /// A file's name for a conversation: its title, as far as file systems take it, and the end of its id, which makes
    /// it the same each time and no other conversation's.
    public func fileName(for conversation: Conversation) -> String {
        let end = conversation.id.description.suffix(6)
        let title = ConversationExport.safe(conversation.title)
        return "\(title.isEmpty ? "" : title + "-")\(end).\(fileExtension)"
    }

    /// Letters and digits of any script stay; everything else becomes one hyphen.
    private static func safe(_ title: String) -> String {
        var name = ""
        for character in title {
            if character.isLetter || character.isNumber || character == "_" {
                name.append(character)
            } else if !name.isEmpty, !name.hasSuffix("-") {
                name.append("-")
            }
            // File systems count bytes.
            if name.utf8.count >= longestName { break }
        }
        while name.utf8.count > longestName || name.hasSuffix("-") { name.removeLast() }
        return name
    }
}
