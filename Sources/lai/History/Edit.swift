import ArgumentParser
import LAIProviders
import LAIStorage
import LAIStreaming

/// `lai tag`
struct Tag: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add tags to a conversation, or take them off.")

    @Argument(help: "The conversation.") var conversation: String
    @Argument(help: "The tags.") var tags: [String]
    @Flag(help: "Take them off.") var remove = false

    func run() async throws {
        let names = tags.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
        if names.contains(where: { $0.isEmpty || $0.contains(where: \.isNewline) }) { throw UsageError("A tag is a word on one line.") }
        try await Change.run(conversation) { [remove] in remove ? $0.tags.subtract(names) : $0.tags.formUnion(names) }
    }
}

/// `lai rename`
struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a conversation another name.")

    @Argument(help: "The conversation.") var conversation: String
    @Argument(help: "The name.") var title: [String]

    func run() async throws {
        let name = title.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if name.isEmpty { throw UsageError("A name has at least one character that can be seen.") }
        try await Change.run(conversation) {
            $0.title = name
            $0.titleSource = .person
        }
    }
}

/// `lai delete`
struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete a conversation; --undo brings it back.",
        discussion: "A deleted conversation is kept until --forever removes it.")

    @Argument(help: "The conversation.") var conversation: String
    @Flag(help: "Bring a deleted one back.") var undo = false
    @Flag(help: "Remove it for good.") var forever = false

    func run() async throws {
        let database = try Store.open(try Session())
        if undo || forever {
            var filter = ConversationFilter()
            filter.isDeleted = true
            filter.isArchived = nil
            filter.limit = .max
            let deleted = try await database.conversations(filter)
            let matches = deleted.filter { conversation.count >= ConversationReference.shortest && $0.id.description.hasSuffix(conversation.lowercased()) }
            if matches.count > 1 { throw UsageError("“\(conversation)” is the end of several deleted conversations' ids: write more of it.") }
            if let match = matches.first {
                if forever { return try await purge(match, in: database) }
                try await database.change(match.id) { $0.deleted = nil }
                return
            }
            if undo { throw UsageError("There is no deleted conversation “\(conversation)”: lai list --deleted shows them.") }
        }
        let found = try await ConversationReference.resolve(conversation, in: database)
        if forever { return try await purge(found, in: database) }
        try await database.change(found.id) { $0.deleted = .now }
        Terminal.err("Deleted “\(Terminal.clean(found.title))”; lai delete --undo \(ConversationReference.short(found.id)) brings it back.\n")
    }

    private func purge(_ conversation: Conversation, in database: any ChatDatabase) async throws {
        try await database.purge(conversation.id)
        Terminal.err("Removed “\(Terminal.clean(conversation.title))” for good.\n")
    }
}

private enum Change {
    static func run(_ name: String, _ body: @escaping @Sendable (inout Conversation) -> Void) async throws {
        let database = try Store.open(try Session())
        let conversation = try await ConversationReference.resolve(name, in: database)
        try await database.change(conversation.id, body)
    }
}
