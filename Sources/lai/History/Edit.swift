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
        let names = try tags.map(Tag.name)
        let before = try await Change.run(conversation) { [remove] in remove ? $0.tags.subtract(names) : $0.tags.formUnion(names) }
        for name in names where remove && !before.tags.contains(name) {
            Terminal.remark("“\(before.title)” had no tag “\(name)”.")
        }
    }

    /// A tag as it is kept, wherever one is named.
    static func name(_ word: String) throws -> String {
        let name = (word.hasPrefix("#") ? String(word.dropFirst()) : word).trimmed
        if name.isEmpty || name.contains(where: \.isNewline) {
            throw UsageError("A tag has at least one character that can be seen, and no line end: “\(word)” is none.")
        }
        return name
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

private enum Change {
    /// - Returns: the conversation as it was before.
    @discardableResult
    static func run(_ name: String, _ body: @escaping @Sendable (inout Conversation) -> Void) async throws -> Conversation {
        let database = try Store.open(try Session.forStore())
        let conversation = try await ConversationReference.resolve(name, in: database)
        try await database.change(conversation.id, body)
        return conversation
    }
}
