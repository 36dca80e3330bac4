import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai retry`
struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the last question of a conversation once more.",
        discussion: "The new answer stands beside the old one; one that failed with nothing to show for it goes.")

    @Argument(help: "The conversation; without it, the last one.")
    var conversation: String?

    @Option(help: ArgumentHelp("This answer once more, or one to this question, in place of the last: its id, or the end of it, as lai show prints it.", valueName: "id"))
    var message: String?

    @Option(name: [.short, .long], help: "The model; without it, the one that was asked.")
    var model: String?

    @Flag(inversion: .prefixedNo, help: "Tell on the desktop when it is there; by itself after 20 seconds.")
    var notify: Bool?

    func run() async throws { throw try await Again.run(conversation, message, model, notify) { try await $0.retry($1.id, with: $2) } }
}

/// `lai continue`
struct Continue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let an answer that broke off or was cut short go on.")

    @Argument(help: "The conversation; without it, the last one.")
    var conversation: String?

    @Option(help: ArgumentHelp("This answer, in place of the last: its id, or the end of it, as lai show prints it.", valueName: "id"))
    var message: String?

    @Option(name: [.short, .long], help: "The model; without it, the one that was asked.")
    var model: String?

    @Flag(inversion: .prefixedNo, help: "Tell on the desktop when it is there; by itself after 20 seconds.")
    var notify: Bool?

    func run() async throws {
        throw try await Again.run(conversation, message, model, notify) { store, answer, target in
            guard answer.message.role == .assistant else { throw UsageError("There is no answer that could go on: lai retry asks for one.") }
            return try await store.continueAnswer(answer.id, with: target)
        }
    }
}

/// Another answer at the end of a conversation.
private enum Again {
    static func run(
        _ name: String?, _ message: String?, _ model: String?, _ notifies: Bool?,
        _ body: @escaping @Sendable (ChatStore, StoredMessage, ChatStore.Target) async throws -> ChatStore.Exchange
    ) async throws -> ExitStatus {
        let session = try Session()
        return try await Signals.cancelling {
            try await Store.withStore(session) { store in
                let conversation = try await ConversationReference.resolve(name, in: store.database)
                guard let last = try await self.message(message, in: conversation, of: store.database) else {
                    throw UsageError("Nothing was said in it yet.")
                }
                let asked = try await asked(last, conversation, store.database)
                let constraints = RouteConstraints(isLocalOnly: conversation.isLocalOnly)
                let choice = try await ModelChoice.make(named: model ?? asked, under: constraints, in: session)
                let printer = AnswerPrinter(
                    format: .text, label: choice.name, provider: choice.providerID, model: choice.model)
                let notice = AnswerNotice(session: session, database: store.database, isWanted: notifies)
                return await printer.follow(try await body(store, last, choice.target).session!, notice: notice)
            }
        }
    }

    /// The message that is named, else the last one.
    private static func message(_ name: String?, in conversation: Conversation, of database: any ChatDatabase) async throws -> StoredMessage? {
        if let name { return try await MessageReference.resolve(name, in: conversation, of: database) }
        guard let head = conversation.head else { return nil }
        return try await database.message(head)
    }

    /// The model that was asked for an answer; for a question, the conversation's.
    private static func asked(_ message: StoredMessage, _ conversation: Conversation, _ database: any ChatDatabase) async throws -> String? {
        guard let receipt = message.receipt else { return try await conversation.rememberedModel(in: database) }
        return receipt.named ?? receipt.provider.flatMap { provider in receipt.modelAsked.map { "\(provider)/\($0)" } }
    }
}
