/// Where a chat's messages come from.
protocol ChatInput: Sendable {
    /// Waits for the next message.
    /// - Parameters:
    ///   - prompt: what stands before it, where there is a terminal.
    ///   - text: what is there to be edited, where a line can be edited.
    /// - Returns: nil at the end.
    func next(_ prompt: ChatPrompt, editing text: String) async throws -> String?
    /// Whether a text can be put before a person to be edited.
    var canEdit: Bool { get }
}

/// What stands before a line: a sign, and what goes along with the message.
struct ChatPrompt: Sendable {
    var attachments = 0

    /// The prompt's text. What takes no room stands between two characters 1, if so wished.
    func text(isStyled: Bool) -> String {
        let files = attachments == 0 ? "" : attachments == 1 ? "1 file " : "\(attachments) files "
        guard isStyled else { return files + "> " }
        // libedit takes no two pieces without room side by side.
        let before = files.isEmpty ? "" : "\u{1}\u{1B}[2m\u{1}\(files)"
        return before + "\u{1}\u{1B}[0;1;36m\u{1}›\u{1}\u{1B}[0m\u{1} "
    }
}
