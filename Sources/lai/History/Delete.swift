import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai delete`
struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete a conversation, or the end of one; --undo brings a conversation back.",
        discussion: """
            A deleted conversation is kept until --forever removes it. --message removes a message with all that follows it, in \
            every branch, and for good. Answers that are being received there are stopped first, in whichever program.
            """)

    @Argument(help: "The conversation.") var conversation: String
    @Option(help: ArgumentHelp("Remove this message and what follows it: its id, or the end of it, as lai show prints it.", valueName: "id"))
    var message: String?
    @Flag(help: "Bring a deleted one back.") var undo = false
    @Flag(help: "Remove it for good.") var forever = false

    func validate() throws {
        if undo, forever { throw ValidationError("--undo and --forever exclude one another.") }
        if message != nil, undo || forever { throw ValidationError("--message goes without --undo and --forever: what it removes cannot be brought back.") }
    }

    func run() async throws {
        let session = try Session.forStore()
        try await Signals.cancelling { try await ChatStore.withStore(try Store.open(session)) { try await run(in: $0) } }
    }

    private func run(in store: ChatStore) async throws {
        if undo || forever, let match = try await deleted(in: store.database) {
            if forever { return try await purge(match, in: store) }
            return try await store.restore(match.id)
        }
        if undo { throw UsageError("There is no deleted conversation “\(conversation)”: lai list --deleted shows them.") }
        let found = try await ConversationReference.resolve(conversation, in: store.database)
        if let message {
            let first = try await MessageReference.resolve(message, in: found, of: store.database)
            return Terminal.remark("Removed \(Count.of(try await store.remove(first.id), "message")) of “\(found.title)” for good.")
        }
        if forever { return try await purge(found, in: store) }
        try await store.delete(found.id)
        Terminal.err("Deleted “\(Terminal.clean(found.title))”; lai delete --undo \(ConversationReference.short(found.id)) brings it back.\n")
    }

    /// The deleted conversation that is named; nil where there is none.
    private func deleted(in database: any ChatDatabase) async throws -> Conversation? {
        var filter = ConversationFilter()
        filter.isDeleted = true
        filter.isArchived = nil
        filter.limit = .max
        guard conversation.count >= ConversationReference.shortest else { return nil }
        let matches = try await database.conversations(filter).filter { $0.id.description.hasSuffix(conversation.lowercased()) }
        if matches.count > 1 { throw UsageError("“\(conversation)” is the end of several deleted conversations' ids: write more of it.") }
        return matches.first
    }

    private func purge(_ conversation: Conversation, in store: ChatStore) async throws {
        try await store.purge(conversation.id)
        Terminal.err("Removed “\(Terminal.clean(conversation.title))” for good.\n")
    }
}
