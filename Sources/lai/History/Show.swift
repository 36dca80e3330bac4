import ArgumentParser
import LAIMarkdown
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai show`
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a conversation.", discussion: "Without a name, the last one. See `lai list` for the names.")

    @Argument(help: "The conversation: its number in `lai list`, or its id or the end of it.")
    var conversation: String?

    @Flag(help: "Show each answer's receipt: who answered, when, tokens, times.")
    var receipts = false

    @Option(help: ArgumentHelp("Only this message, and those around it: its id, or the end of it, as `lai search` prints it.", valueName: "id"))
    var message: String?

    @Option(help: ArgumentHelp("With --message: how many before it and after it.", valueName: "n"))
    var around = 2

    func validate() throws { if around < 0 { throw ValidationError("--around takes a number from 0 on.") } }

    func run() async throws {
        let database = try Store.open(try Session())
        try await database.recover()
        let conversation = try await ConversationReference.resolve(self.conversation, in: database)
        guard let head = conversation.head else { return Terminal.remark("Nothing was said in it yet.") }
        let page = Transcript(hasReceipts: receipts)
        Terminal.out(page.heading(conversation))
        let messages: [StoredMessage]
        if let name = message {
            let found = try await MessageReference.resolve(name, in: conversation, of: database)
            messages = try await MessageReference.context(found, around: around, in: conversation, of: database)
        } else {
            messages = try await database.branch(endingWith: head, limit: .max)
        }
        for message in messages { Terminal.out(page.text(message)) }
    }
}

/// `lai last`
struct Last: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the last answer, as it is.")

    func run() async throws {
        let database = try Store.open(try Session())
        try await database.recover()
        let conversation = try await ConversationReference.last(in: database)
        var next = conversation.head
        while let id = next, let message = try await database.message(id) {
            if message.message.role == .assistant {
                let text = message.message.text
                Terminal.out(Terminal.isOutputTerminal ? Transcript.rendered(text) : text)
                return
            }
            next = message.parent
        }
        Terminal.remark("There is no answer yet.")
    }
}

/// A conversation as a person reads it.
struct Transcript {
    let hasReceipts: Bool

    func heading(_ conversation: Conversation) -> String {
        let title = Terminal.clean(conversation.title)
        return Transcript.bold(title) + "\n" + Transcript.dim("\(ConversationReference.short(conversation.id)) · \(Clock.full(conversation.created))\(conversation.isLocalOnly ? " · stays on this machine" : "")") + "\n"
    }

    func text(_ message: StoredMessage) -> String {
        let who =
            switch message.message.role {
            case .user: "You"
            case .system: "System"
            case .assistant: message.receipt?.model ?? message.receipt?.modelAsked ?? "Assistant"
            }
        var text = "\n" + Transcript.bold("▍ \(Terminal.clean(who))") + Transcript.dim("  \(Clock.full(message.created))\(state(message))") + "\n"
        let body = message.message.text
        if !body.isEmpty { text += message.message.role == .assistant ? Transcript.rendered(body) : Terminal.clean(body) + "\n" }
        for part in message.message.parts { text += Transcript.note(part) }
        if let error = message.error { text += Transcript.dim(Terminal.clean(error.message)) + "\n" }
        if hasReceipts, let receipt = message.receipt { text += Transcript.dim(Terminal.clean(receipt.json.text)) + "\n" }
        return text
    }

    private func state(_ message: StoredMessage) -> String {
        switch message.status {
        case .sent: ""
        case .pending: " · not sent yet"
        case .streaming: " · being received"
        case .stopped: " · stopped"
        case .interrupted: " · broke off: lai continue goes on"
        case .failed: " · failed: lai retry asks again"
        }
    }

    private static func note(_ part: Part) -> String {
        switch part {
        case .image(let media), .file(let media): dim("[\(media.name ?? media.mediaType)]") + "\n"
        case .toolCall(let call): dim("[calls \(Terminal.clean(call.name))(\(Terminal.clean(call.arguments)))]") + "\n"
        case .refusal(let text): Terminal.clean(text) + "\n"
        default: ""
        }
    }

    /// An answer's Markdown, styled where that can be shown.
    static func rendered(_ text: String) -> String {
        guard Terminal.isOutputTerminal else { return text.hasSuffix("\n") ? text : text + "\n" }
        let style = TerminalStyle(width: Terminal.width, hasColours: Terminal.hasColours, hasLinks: Terminal.hasColours)
        return TerminalMarkdown.render(text, style: style)
    }

    private static func bold(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private static func dim(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
