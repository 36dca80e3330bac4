internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIDialects
internal import LAIStreaming

/// What SQLite must know to keep the index and to rank by it; every connection needs it.
enum SearchFunctions {
    static func register(_ database: Database) throws {
        database.add(function: messageText)
        database.add(function: titleText)
        try RankFunction.register(database)
    }

    /// `lai_index_text(role, parts, receipt, conversation)`: a message as the index takes it.
    private static let messageText = DatabaseFunction("lai_index_text", argumentCount: 4, pure: true) { values in
        // A row that cannot be read has nothing to find, and must be removable all the same.
        let parts = String.fromDatabaseValue(values[1]).flatMap { try? Part.list($0.utf8) } ?? []
        let role = String.fromDatabaseValue(values[0]).flatMap(Message.Role.init(rawValue:)) ?? .user
        let receipt = String.fromDatabaseValue(values[2]).flatMap { try? JSONValue(parsing: $0) }.map(Receipt.init(json:))
        let conversation = Data.fromDatabaseValue(values[3]).flatMap { ConversationID(bytes: $0) }
        let facets = Facet.all(role: role, receipt: receipt, conversation: conversation ?? ConversationID(high: 0, low: 0))
        return IndexText.make(Message(role: role, parts: parts).searchableText, facets: facets)
    }

    /// `lai_index_text(title)`.
    private static let titleText = DatabaseFunction("lai_index_text", argumentCount: 1, pure: true) { values in
        IndexText.make(String.fromDatabaseValue(values[0]) ?? "", facets: [Facet.any])
    }
}
