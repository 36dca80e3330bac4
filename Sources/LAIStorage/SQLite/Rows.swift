internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIDialects
internal import LAIStreaming

extension ID {
    var data: DatabaseValue { databaseValue(of: bytes) }
}

func databaseValue(of bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

extension Row {
    func id<Subject>(_ column: String) -> ID<Subject>? {
        guard let data: Data = self[column] else { return nil }
        return ID(bytes: data)
    }

    /// An id that must be there.
    func required<Subject>(_ column: String) throws(LAIError) -> ID<Subject> {
        guard let id: ID<Subject> = id(column) else { throw LAIError(.file, "The store holds a row without its \(column): it is damaged.") }
        return id
    }

    func json(_ column: String) -> JSONValue? {
        guard let text: String = self[column] else { return nil }
        return try? JSONValue(parsing: text)
    }
}

extension Conversation {
    static let columns = """
        id, title, title_source, created, updated, pinned, archived, deleted, local_only, system, model, head, parameters,
        (SELECT group_concat(name, char(10)) FROM tag WHERE tag.conversation = conversation.id) AS tags
        """

    init(row: Row) throws(LAIError) {
        self.init(
            id: try row.required("id"), title: row["title"], titleSource: TitleSource(rawValue: row["title_source"]) ?? .person,
            created: Timestamp(milliseconds: row["created"]))
        updated = Timestamp(milliseconds: row["updated"])
        isPinned = row["pinned"]
        isArchived = row["archived"]
        deleted = (row["deleted"] as Int?).map(Timestamp.init(milliseconds:))
        isLocalOnly = row["local_only"]
        system = row["system"]
        model = row["model"]
        head = row.id("head")
        // Of a file that was salvaged it may be missing.
        parameters = row.json("parameters").flatMap { try? AnswerParameters(json: $0) } ?? AnswerParameters()
        tags = Set((row["tags"] as String? ?? "").split(separator: "\n").map(String.init))
    }
}

extension StoredMessage {
    static let columns = "id, conversation, parent, role, status, created, updated, parts, receipt, error"

    init(row: Row) throws(LAIError) {
        let text: String = row["parts"]
        guard let role = Message.Role(rawValue: row["role"]), let status = Status(rawValue: row["status"]) else {
            throw LAIError(.file, "The store holds a message of a kind unknown to this version of LAI.")
        }
        self.init(
            id: try row.required("id"), conversation: try row.required("conversation"), parent: row.id("parent"),
            message: Message(role: role, parts: try Part.list(text.utf8)), status: status,
            created: Timestamp(milliseconds: row["created"]))
        updated = Timestamp(milliseconds: row["updated"])
        receipt = row.json("receipt").map(Receipt.init(json:))
        error = LAIError(json: row.json("error"))
    }
}
