import ArgumentParser
import LAIMarkdown
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a conversation, or all of them, as Markdown, JSON or HTML.")

    enum Format: String, CaseIterable, ExpressibleByArgument { case markdown, json, html }

    @Argument(help: "The conversation; without it, the last one.") var conversation: String?
    @Option(help: "markdown, json (everything, an object a line) or html.") var format: Format = .markdown
    @Flag(help: "All conversations.") var all = false

    func validate() throws {
        if all, conversation != nil { throw ValidationError("--all takes no conversation.") }
    }

    func run() async throws {
        let database = try Store.open(try Session())
        try await database.recover()
        var conversations: [Conversation] = []
        if all {
            var filter = ConversationFilter()
            filter.isArchived = nil
            filter.limit = .max
            conversations = try await database.conversations(filter)
        } else {
            conversations = [try await ConversationReference.resolve(conversation, in: database)]
        }
        for conversation in conversations {
            switch format {
            case .json: Terminal.out(Exported.json(conversation, try await database.messages(in: conversation.id)).text + "\n")
            case .markdown: Terminal.out(Exported.markdown(conversation, try await branch(conversation, database)))
            case .html: Terminal.out(Exported.html(conversation, try await branch(conversation, database)))
            }
        }
    }

    private func branch(_ conversation: Conversation, _ database: any ChatDatabase) async throws -> [StoredMessage] {
        guard let head = conversation.head else { return [] }
        return try await database.branch(endingWith: head, limit: .max)
    }
}

/// A conversation in a form that other programs read.
enum Exported {
    static func markdown(_ conversation: Conversation, _ messages: [StoredMessage]) -> String {
        messages.reduce(into: "# \(conversation.title)\n") { text, message in
            text += "\n## \(who(message))\n\n\(message.message.text)\n"
            if let error = message.error { text += "\n> \(error.message)\n" }
        } + "\n"
    }

    static func html(_ conversation: Conversation, _ messages: [StoredMessage]) -> String {
        let body = messages.map { message in
            "<section class=\"\(message.message.role.rawValue)\">\n<h2>\(escape(who(message)))</h2>\n\(MarkdownText.html(message.message.text))</section>\n"
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

    /// Everything that the store has of it, to be read again.
    static func json(_ conversation: Conversation, _ messages: [StoredMessage]) -> JSONValue {
        [
            "lai_conversation": 1, "id": .string(conversation.id.description), "title": .string(conversation.title),
            "created": .int(conversation.created.milliseconds), "updated": .int(conversation.updated.milliseconds),
            "system": .optional(conversation.system), "local_only": .bool(conversation.isLocalOnly),
            "head": .optional(conversation.head?.description), "tags": .array(conversation.tags.sorted().map { .string($0) }),
            "messages": .array(messages.map { message in
                [
                    "id": .string(message.id.description), "parent": .optional(message.parent?.description),
                    "role": .string(message.message.role.rawValue), "status": .string(message.status.rawValue),
                    "created": .int(message.created.milliseconds), "parts": .array(message.message.parts.map(\.json)),
                    "receipt": message.receipt?.json ?? .null, "error": .optional(message.error?.message),
                ]
            }),
        ]
    }

    private static func who(_ message: StoredMessage) -> String {
        message.message.role == .assistant ? message.receipt?.model ?? message.receipt?.modelAsked ?? "Assistant" : message.message.role == .user ? "You" : "System"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
