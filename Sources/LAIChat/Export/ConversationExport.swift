internal import LAICore
internal import LAIMarkdown
public import LAIStorage
internal import LAIStreaming

/// A conversation in a form that other programs, or people, read.
public enum ConversationExport: String, Sendable, Hashable, CaseIterable {
    /// The branch that is shown, as text.
    case markdown
    /// Everything: each branch, each part, receipts and times. LAI reads it again without a loss.
    case json
    /// The branch that is shown, as a page that needs no other file.
    case html

    /// The ending of a file's name.
    public var fileExtension: String {
        switch self {
        case .markdown: "md"
        case .json: "json"
        case .html: "html"
        }
    }

    /// A conversation as text, which ends with a line break.
    /// - Throws: ``LAIError`` with the code `file` when the store cannot be read.
    public func text(of conversation: Conversation, in database: any ChatDatabase) async throws -> String {
        if self == .json { return try await ConversationExport.tree(of: conversation, in: database).json.text + "\n" }
        var branch: [StoredMessage] = []
        if let head = conversation.head { branch = try await database.branch(endingWith: head, limit: .max) }
        return self == .markdown ? ConversationExport.markdown(conversation, branch) : ConversationExport.html(conversation, branch)
    }

    /// A conversation with all its messages. Of an answer that is being received it has what came by now.
    static func tree(of conversation: Conversation, in database: any ChatDatabase) async throws -> ConversationTree {
        var messages = try await database.messages(in: conversation.id)
        if messages.contains(where: { $0.status == .streaming }) {
            for stream in try await database.runningStreams() where stream.conversation == conversation.id {
                guard let index = messages.firstIndex(where: { $0.id == stream.message }),
                    let events = try await database.read(stream.session, from: 0, maxBytes: .max)
                else { continue }
                var builder = MessageBuilder()
                for event in events { builder.apply(event) }
                messages[index].message = builder.message
                messages[index].receipt = stream.receipt
            }
        }
        return ConversationTree(conversation, messages)
    }

    private static func markdown(_ conversation: Conversation, _ messages: [StoredMessage]) -> String {
        messages.reduce(into: "# \(conversation.title)\n") { text, message in
            text += "\n## \(who(message))\n\n\(message.message.text)\n"
            for note in notes(message) { text += "\n\(note)\n" }
            if let error = message.error { text += "\n> \(error.message)\n" }
        } + "\n"
    }

    private static func html(_ conversation: Conversation, _ messages: [StoredMessage]) -> String {
        let body = messages.map { message in
            let notes = notes(message).map { "<p>\(escape($0))</p>\n" }.joined()
            let error = message.error.map { "<blockquote>\(escape($0.message))</blockquote>\n" } ?? ""
            return "<section class=\"\(message.message.role.rawValue)\">\n<h2>\(escape(who(message)))</h2>\n\(MarkdownText.html(message.message.text))\(notes)\(error)</section>\n"
        }.joined()
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(escape(conversation.title))</title>
            <style>body{font:16px/1.5 sans-serif;max-width:45em;margin:2em auto;padding:0 1em}pre{overflow:auto;background:#8881;padding:.7em}.user{border-left:3px solid #8888;padding-left:1em}h2{font-size:1em;opacity:.7}</style>
            </head><body>
            <h1>\(escape(conversation.title))</h1>
            \(body)</body></html>

            """
    }

    /// What a message holds beside its text.
    private static func notes(_ message: StoredMessage) -> [String] {
        message.message.parts.compactMap { part in
            switch part {
            case .image(let media), .file(let media): "[\(media.name ?? media.mediaType)]"
            case .refusal(let text): text
            default: nil
            }
        }
    }

    private static func who(_ message: StoredMessage) -> String {
        switch message.message.role {
        case .user: "You"
        case .system: "System"
        case .assistant: message.receipt?.model ?? message.receipt?.modelAsked ?? "Assistant"
        }
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
