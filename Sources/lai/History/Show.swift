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
        let database = try Store.open(try Session.forStore())
        try await database.recover()
        let conversation = try await ConversationReference.resolve(self.conversation, in: database)
        guard let head = conversation.head else { return Terminal.remark("Nothing was said in it yet.") }
        let all = try await database.messages(in: conversation.id)
        let page = Transcript(hasReceipts: receipts, all: all)
        Terminal.out(page.heading(conversation))
        let messages: [StoredMessage]
        if let name = message {
            let found = try await MessageReference.resolve(name, in: conversation, of: database)
            messages = try await MessageReference.context(found, around: around, in: conversation, of: database)
        } else {
            messages = try await database.branch(endingWith: head, limit: .max)
        }
        for message in messages { Terminal.out(page.text(message)) }
        if messages.contains(where: { page.siblings(of: $0).count > 1 }) {
            Terminal.remark("lai branch \(ConversationReference.short(conversation.id)) ID shows one of those beside it, with what follows.")
        }
    }
}

/// `lai last`
struct Last: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the last answer, as it is.")

    func run() async throws {
        let database = try Store.open(try Session.forStore())
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
    /// The messages by what they follow.
    private let places: [MessageID?: [StoredMessage]]

    /// The questions whose turn has not come.
    private let unsent: Set<MessageID>

    /// - Parameter all: the messages of all branches, to tell which stand beside one another.
    init(hasReceipts: Bool, all: [StoredMessage]) {
        self.hasReceipts = hasReceipts
        places = Dictionary(grouping: all, by: \.parent)
        unsent = Set(all.filter { $0.status == .pending }.map(\.id))
    }

    /// The messages in one place: several answers, or wordings of a question.
    func siblings(of message: StoredMessage) -> [StoredMessage] {
        (places[message.parent] ?? []).filter { $0.message.role == message.message.role }
    }

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
        var text = "\n" + Transcript.bold("▍ \(Terminal.clean(who))") + Transcript.dim("  \(Clock.full(message.created)) · \(MessageReference.short(message.id))\(place(message))\(state(message))") + "\n"
        let body = message.message.text
        if !body.isEmpty { text += message.message.role == .assistant ? Transcript.rendered(body) : Transcript.plain(body) }
        for part in message.message.parts { text += Transcript.note(part) }
        if let error = message.error { text += Transcript.dim(Terminal.clean(error.message)) + "\n" }
        if hasReceipts, let receipt = message.receipt { text += Transcript.dim(Terminal.clean(receipt.json.text)) + "\n" }
        return text
    }

    /// Where it stands among those in its place, and what they are called.
    private func place(_ message: StoredMessage) -> String {
        let siblings = siblings(of: message)
        guard siblings.count > 1, let index = siblings.firstIndex(where: { $0.id == message.id }) else { return "" }
        let others = siblings.filter { $0.id != message.id }.map { MessageReference.short($0.id) }.joined(separator: ", ")
        return " · ‹\(index + 1)/\(siblings.count)› beside \(others)"
    }

    private func state(_ message: StoredMessage) -> String {
        switch message.status {
        case .sent: ""
        case .pending: " · not sent yet"
        case .streaming: message.parent.map(unsent.contains) == true ? " · waits for the answer before it" : " · being received"
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

    /// What was said as it was said; on a terminal without what it would obey.
    private static func plain(_ text: String) -> String {
        let text = Terminal.isOutputTerminal ? Terminal.clean(text) : text
        return text.hasSuffix("\n") ? text : text + "\n"
    }

    /// An answer's Markdown, styled where that can be shown.
    static func rendered(_ text: String) -> String {
        guard Terminal.isOutputTerminal else { return plain(text) }
        let style = TerminalStyle(width: Terminal.width, hasColours: Terminal.hasColours, hasLinks: Terminal.hasColours)
        return TerminalMarkdown.render(text, style: style)
    }

    private static func bold(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private static func dim(_ text: String) -> String { Terminal.hasColours ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
