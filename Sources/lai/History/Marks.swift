import ArgumentParser
import LAIProviders
import LAIStorage

/// `lai archive`
struct Archive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put conversations away; --undo takes them out again.",
        discussion: "They are in lai list --archived, and found by everything else as before.")

    @Argument(help: "The conversations.") var conversations: [String]
    @Flag(help: "Take archived ones out again.") var undo = false

    func run() async throws {
        let changed = try await Marks.change(conversations) { $0.isArchived = !undo }
        for conversation in changed where !undo {
            Terminal.remark("Archived “\(conversation.title)”; lai archive --undo \(ConversationReference.short(conversation.id)) takes it out again.")
        }
    }
}

/// `lai pin`
struct Pin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Keep conversations at the top of the list; --undo lets them go.")

    @Argument(help: "The conversations.") var conversations: [String]
    @Flag(help: "Let pinned ones go.") var undo = false

    func run() async throws { _ = try await Marks.change(conversations) { $0.isPinned = !undo } }
}

private enum Marks {
    /// Changes conversations, all that were named or, when one of the names is none, none.
    static func change(_ names: [String], _ body: (inout Conversation) -> Void) async throws -> [Conversation] {
        let database = try Store.open(try Session.forStore())
        var conversations: [Conversation] = []
        // A change may move what the numbers stand for.
        for name in names { conversations.append(try await ConversationReference.resolve(name, in: database)) }
        for index in conversations.indices {
            body(&conversations[index])
            try await database.save(conversations[index])
        }
        return conversations
    }
}
