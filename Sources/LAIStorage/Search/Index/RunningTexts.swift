internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming
internal import Synchronization

/// The answers that are being received, of every process, as far as their journals tell. Each journal is read once: a later
/// search reads what came since.
final class RunningTexts: Sendable {
    struct Answer: Sendable {
        var message: StoredMessage
        var document: SearchDocument
    }

    private struct Stream {
        var answer: Answer
        var growing: GrowingDocument
        var builder = MessageBuilder()
        var next = 0
        var isDamaged = false
    }

    private let streams = Mutex<[SessionID: Stream]>([:])

    /// The answers as they are now. Call it in a transaction that reads.
    func answers(_ database: Database) throws -> [Answer] {
        let rows = try Row.fetchAll(database, sql: "SELECT number, session, message, receipt FROM stream")
        if rows.isEmpty {
            streams.withLock { $0 = [:] }
            return []
        }
        return try streams.withLock { streams in
            var running: [SessionID: Stream] = [:]
            for row in rows {
                let session: SessionID = try row.required("session")
                guard var stream = try streams[session] ?? RunningTexts.begin(row, database) else { continue }
                try RunningTexts.read(row["number"], &stream, database)
                running[session] = stream
            }
            streams = running
            return running.values.map(\.answer)
        }
    }

    private static func begin(_ row: Row, _ database: Database) throws -> Stream? {
        let id: MessageID = try row.required("message")
        guard let found = try Row.fetchOne(
            database, sql: "SELECT \(StoredMessage.columns) FROM message WHERE id = ?", arguments: [id.data])
        else { return nil }
        var message = try StoredMessage(row: found)
        message.receipt = row.json("receipt").map(Receipt.init(json:))
        var growing = GrowingDocument(facets: facets(of: message))
        let document = growing.document(of: message.message.searchableText)
        return Stream(answer: Answer(message: message, document: document), growing: growing)
    }

    private static func read(_ number: Int, _ stream: inout Stream, _ database: Database) throws {
        if stream.isDamaged { return }
        let rows = try database.cachedStatement(
            sql: "SELECT first, count, events FROM journal WHERE stream = ? AND first >= ? ORDER BY first")
        let batches = try Row.fetchCursor(rows, arguments: [number, stream.next])
        var isChanged = false
        while let batch = try batches.next() {
            let data: Data = batch["events"]
            // As when such a stream is recovered: what stands before the damage counts.
            guard let events = try? JournalCoding.decode(Array(data)) else {
                stream.isDamaged = true
                break
            }
            for event in events {
                stream.builder.apply(event)
                if case .started(let start) = event, let model = start.model {
                    stream.answer.message.receipt = stream.answer.message.receipt ?? Receipt()
                    stream.answer.message.receipt?.model = model
                    stream.growing = GrowingDocument(facets: facets(of: stream.answer.message))
                }
            }
            stream.next = batch["first"] + batch["count"]
            isChanged = true
        }
        guard isChanged else { return }
        if !stream.builder.isEmpty { stream.answer.message.message.parts = stream.builder.message.parts }
        stream.answer.document = stream.growing.document(of: stream.answer.message.message.searchableText)
    }

    private static func facets(of message: StoredMessage) -> [String] {
        Facet.all(role: message.message.role, receipt: message.receipt, conversation: message.conversation)
    }
}
