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

    @Option(name: [.short, .long], help: "The model; without it, the one that was asked.")
    var model: String?

    @Flag(inversion: .prefixedNo, help: "Tell on the desktop when it is there; by itself after 20 seconds.")
    var notify: Bool?

    func run() async throws { throw try await Again.run(conversation, model, notify) { try await $0.regenerate($1, with: $2) } }
}

/// `lai continue`
struct Continue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let an answer that broke off or was cut short go on.")

    @Argument(help: "The conversation; without it, the last one.")
    var conversation: String?

    @Option(name: [.short, .long], help: "The model; without it, the one that was asked.")
    var model: String?

    @Flag(inversion: .prefixedNo, help: "Tell on the desktop when it is there; by itself after 20 seconds.")
    var notify: Bool?

    func run() async throws { throw try await Again.run(conversation, model, notify) { try await $0.continueAnswer($1, with: $2) } }
}

/// Another answer at the end of a conversation.
private enum Again {
    static func run(
        _ name: String?, _ model: String?, _ notifies: Bool?,
        _ body: @escaping @Sendable (ChatStore, MessageID, ChatStore.Target) async throws -> ChatStore.Exchange
    ) async throws -> ExitStatus {
        let session = try Session()
        return try await Signals.cancelling {
            try await Store.withStore(session) { store in
                let conversation = try await ConversationReference.resolve(name, in: store.database)
                guard let head = conversation.head, let answer = try await store.database.message(head), answer.message.role == .assistant
                else { throw UsageError("The conversation ends with no answer.") }
                let asked = answer.receipt.flatMap { receipt in
                    receipt.named ?? receipt.provider.flatMap { provider in receipt.modelAsked.map { "\(provider)/\($0)" } }
                }
                let constraints = RouteConstraints(isLocalOnly: conversation.isLocalOnly)
                let choice = try await ModelChoice.make(named: model ?? asked, under: constraints, in: session)
                let printer = AnswerPrinter(
                    format: .text, label: choice.name, provider: choice.providerID, model: choice.model)
                let notice = AnswerNotice(session: session, database: store.database, isWanted: notifies)
                return await printer.follow(try await body(store, answer.id, choice.target).session!, notice: notice)
            }
        }
    }
}
