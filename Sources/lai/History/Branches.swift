import ArgumentParser
import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai branch`
struct Branch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the branches of a conversation, or show another one from now on.",
        discussion: "Branches come of lai retry, and of /edit and /retry in lai chat. * is the one that is shown and gone on with.")

    @Argument(help: "The conversation; without it, the last one.") var conversation: String?
    @Argument(help: "The branch to go to: its number here, or the id of a message in it, or the end of it, as lai show prints it.")
    var branch: String?

    func run() async throws {
        let session = try Session.forStore()
        try await ChatStore.withStore(try Store.open(session)) { store in
            let conversation = try await ConversationReference.resolve(conversation, in: store.database)
            let list = BranchList(try await store.database.messages(in: conversation.id), head: conversation.head)
            guard let branch else {
                if list.branches.isEmpty { return Terminal.remark("Nothing was said in it yet.") }
                return Terminal.out(list.text())
            }
            try await store.choose(try await message(branch, list, in: conversation, of: store.database))
        }
    }

    private func message(_ name: String, _ list: BranchList, in conversation: Conversation, of database: any ChatDatabase) async throws -> MessageID {
        guard name.count < ConversationReference.shortest, let number = Int(name) else {
            return try await MessageReference.resolve(name, in: conversation, of: database).id
        }
        guard list.branches.indices.contains(number - 1) else {
            throw UsageError("There is no branch \(number): “\(conversation.title)” has \(Count.of(list.branches.count, "branch", "branches")).")
        }
        return list.branches[number - 1].leaf.id
    }
}

/// `lai fork`
struct Fork: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy a conversation, to go on in the copy; prints the copy's id.", discussion: "What was said before stays as it is.")

    @Argument(help: "The conversation; without it, the last one.") var conversation: String?
    @Option(help: ArgumentHelp("Only up to this message: its id, or the end of it, as lai show prints it.", valueName: "id"))
    var message: String?

    func run() async throws {
        let session = try Session.forStore()
        try await ChatStore.withStore(try Store.open(session)) { store in
            let conversation = try await ConversationReference.resolve(conversation, in: store.database)
            var last = conversation.head
            if let message { last = try await MessageReference.resolve(message, in: conversation, of: store.database).id }
            guard let last else { throw UsageError("Nothing was said in it yet.") }
            let copy = try await store.fork(at: last)
            Terminal.out(ConversationReference.short(copy.id) + "\n")
            Terminal.remark("lai ask --conversation \(ConversationReference.short(copy.id)) goes on in the copy.")
        }
    }
}
