import LAIChat
import LAICore
import LAIStorage
import LAIStreaming

/// Imports a text in pieces of that many bytes.
@discardableResult
func importing(_ text: String, into database: any ChatDatabase, pieces: Int = .max, isTrial: Bool = false) async throws -> ImportReport {
    var importer = ConversationImporter(into: database, isTrial: isTrial)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        try await importer.add(Array(rest.prefix(pieces)))
        rest = rest.dropFirst(pieces)
    }
    try await importer.finish()
    return importer.report
}

extension ChatDatabase {
    func all() async throws -> [Conversation] {
        var filter = ConversationFilter()
        filter.isArchived = nil
        filter.limit = .max
        return try await conversations(filter)
    }

    func titled(_ title: String) async throws -> Conversation? { try await all().first { $0.title == title } }

    /// Everything as `lai export --all --format json` writes it.
    func exported() async throws -> String {
        var texts: [String] = []
        for conversation in try await all() { texts.append(try await ConversationExport.json.text(of: conversation, in: self)) }
        return texts.joined()
    }

    func branch(of conversation: Conversation) async throws -> [StoredMessage] {
        guard let head = conversation.head else { return [] }
        return try await branch(endingWith: head, limit: .max)
    }
}
