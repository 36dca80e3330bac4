internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming

/// Reads what can be read of a damaged file: from the front up to the damage, and from the end back to it.
struct DamagedFile {
    struct Rows {
        var conversations: [Row] = []
        var messages: [Row] = []
        var tags: [Row] = []
        var streams: [Row] = []
        var journal: [Row] = []
        var losses: [String] = []

        var isEmpty: Bool { conversations.isEmpty && messages.isEmpty }
    }

    let database: Database

    func readAll() -> Rows {
        var rows = Rows()
        rows.conversations = read("conversation", "id, title, title_source, created, updated, pinned, archived, deleted, local_only, system, model, head", &rows.losses)
        rows.messages = read("message", StoredMessage.columns, &rows.losses)
        rows.streams = read("stream", "number, message, receipt", &rows.losses)
        rows.journal = read("journal", "stream, first, events", &rows.losses)
        rows.tags = (try? Row.fetchAll(database, sql: "SELECT conversation, name FROM tag")) ?? []
        return rows
    }

    private func read(_ table: String, _ columns: String, _ losses: inout [String]) -> [Row] {
        let (front, lastGood, failure) = read(table, columns, from: Int.min, forwards: true)
        guard let failure else { return front }
        let (back, firstGood, _) = read(table, columns, from: Int.max, forwards: false)
        losses.append("rows of the table \(table) between \(lastGood) and \(firstGood) (\(failure))")
        return front + back.reversed().filter { ($0["rowid_"] as Int) > lastGood }
    }

    private func read(_ table: String, _ columns: String, from start: Int, forwards: Bool) -> ([Row], Int, String?) {
        var rows: [Row] = []
        var last = start
        let sql = "SELECT rowid AS rowid_, \(columns) FROM \(table) WHERE rowid \(forwards ? ">" : "<") ? ORDER BY rowid \(forwards ? "ASC" : "DESC")"
        do {
            let cursor = try Row.fetchCursor(database, sql: sql, arguments: [start])
            while let row = try cursor.next() {
                rows.append(row.copy())
                last = row["rowid_"]
            }
            return (rows, last, nil)
        } catch {
            return (rows, last, (error as? DatabaseError)?.message ?? "\(error)")
        }
    }
}

extension DamagedFile.Rows {
    /// A message that was being received, as far as its journal can be read.
    func finished(_ message: StoredMessage) -> StoredMessage {
        var message = message
        var builder = MessageBuilder()
        if let stream = streams.first(where: { $0.id("message") == message.id }) {
            let number: Int = stream["number"]
            for row in journal where row["stream"] == number {
                let data: Data = row["events"]
                for event in (try? JournalCoding.decode(Array(data))) ?? [] { builder.apply(event) }
            }
            message.receipt = stream.json("receipt").map(Receipt.init(json:))
        }
        message.message.parts = builder.message.parts
        message.status = .interrupted
        message.error = LAIError(.interrupted, "The answer broke off: the store was damaged.")
        return message
    }
}

extension StoredMessage {
    /// The same message in another place of the tree.
    func moved(toParent parent: MessageID?) -> StoredMessage {
        var moved = StoredMessage(
            id: id, conversation: conversation, parent: parent, message: message, status: status, created: created)
        moved.updated = updated
        moved.receipt = receipt
        moved.error = error
        return moved
    }
}
