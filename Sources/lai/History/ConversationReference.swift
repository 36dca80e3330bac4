import LAIChat
import LAIProviders
import LAIStorage
import LAIStreaming

/// How a person names a conversation: by its place in `lai list`, from 1, or by its id or the end of it.
enum ConversationReference {
    /// The conversation to ask in: the one that is named, the last one, or a new one.
    static func conversation(_ name: String?, goesOn: Bool, in store: ChatStore) async throws -> Conversation {
        if let name { return try await resolve(name, in: store.database) }
        guard goesOn else { return store.create() }
        return try await last(in: store.database)
    }

    static func last(in database: any ChatDatabase) async throws -> Conversation {
        var filter = ConversationFilter()
        filter.limit = 1000
        guard let last = try await database.conversations(filter).max(by: { $0.updated < $1.updated }) else {
            throw UsageError("There is no conversation yet: lai ask \"…\" begins one.")
        }
        return last
    }

    static func resolve(_ name: String?, in database: any ChatDatabase) async throws -> Conversation {
        guard let name else { return try await last(in: database) }
        if name.allSatisfy(\.isWhitespace) { throw UsageError("A conversation's name is missing: give its number in lai list, or the end of its id.") }
        if let id = ConversationID(name), let conversation = try await database.conversation(id) { return conversation }
        var filter = ConversationFilter()
        filter.limit = .max
        let listed = try await database.conversations(filter)
        if name.count < 5, let number = Int(name), listed.indices.contains(number - 1) { return listed[number - 1] }
        filter.isArchived = nil
        // A number that the list does not have is a slip, not the end of an id.
        let isEnd = name.count >= shortest
        let matches = try await database.conversations(filter).filter { isEnd && $0.id.description.hasSuffix(name.lowercased()) }
        if let match = matches.first, matches.count == 1 { return match }
        throw UsageError(
            matches.isEmpty
                ? "There is no conversation “\(name)”: lai list shows them, with the numbers and ids to name them by."
                : "“\(name)” is the end of several conversations' ids: write more of it.")
    }

    /// So much of an id's end is needed to name it by.
    static let shortest = 4

    /// The end of an id, which is its random part: short, and still nobody else's.
    static func short(_ id: ConversationID) -> String { String(id.description.suffix(6)) }
}

extension Conversation {
    /// The model that was chosen for it, else the one that was named for its last answer.
    func rememberedModel(in database: any ChatDatabase) async throws -> String? {
        if let model { return model }
        guard let head, let last = try await database.branch(endingWith: head, limit: 10).last(where: { $0.receipt != nil }) else { return nil }
        return last.receipt?.named ?? last.receipt?.provider.flatMap { provider in last.receipt?.modelAsked.map { "\(provider)/\($0)" } }
    }
}
