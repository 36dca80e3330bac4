import LAIChat
import LAIProviders
import LAISettings
import LAIStorage
import LAIStreaming

/// Where the command keeps conversations.
enum Store {
    static func path(_ session: Session) -> String { session.paths.data + "/lai.db" }

    /// Opens the store, or one in memory that leaves no trace.
    static func open(_ session: Session, isTemporary: Bool = false) throws -> any ChatDatabase {
        if isTemporary { return MemoryDatabase() }
        let database = try SQLiteDatabase(path: path(session)) { version in
            if Terminal.isErrorTerminal { Terminal.remark("Bringing the store to version \(version)…") }
        }
        if let report = database.salvage { Terminal.complain(report.text) }
        return database
    }

    /// Runs a chat store. A reader here has everything at once: what is printed is not to be waited for.
    static func withStore<Result>(
        _ session: Session, isTemporary: Bool = false, advice: String = "", _ body: (ChatStore) async throws -> Result
    ) async throws -> Result {
        var configuration = StreamingConfiguration()
        configuration.coalescing = .zero
        let database: any ChatDatabase
        do {
            database = try open(session, isTemporary: isTemporary)
            if let reason = (database as? SQLiteDatabase)?.readOnlyReason { throw LAIError(.file, reason) }
        } catch var error as LAIError {
            error.message = "LAI has no place to keep this: \(error.message)\(advice)"
            throw error
        }
        defer { try? (database as? SQLiteDatabase)?.close() }
        var service: StreamingService?
        defer {
            if let error = service?.recordingError { Terminal.complain("What was said last is not kept: \(error.message)") }
        }
        let catalogue = ModelCatalogue(session.settings)
        return try await ChatStore.withStore(database, configuration: configuration, catalogue: catalogue) { store in
            service = store.service
            return try await body(store)
        }
    }
}

/// The events of a stream in batches, for whoever prints them.
struct SessionBatches: AsyncSequence {
    typealias Element = [StreamEvent]
    typealias Failure = Never
    let updates: StreamUpdates

    func makeAsyncIterator() -> Iterator { Iterator(updates: updates.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var updates: StreamUpdates.Iterator
        private var texts: Set<Int> = []
        private var length = 0
        private var nextBlock = 0

        init(updates: StreamUpdates.Iterator) { self.updates = updates }

        mutating func next() async -> [StreamEvent]? {
            switch await updates.next() {
            case nil: return nil
            case .events(let events, _)?:
                note(events)
                return events
            case .snapshot(let snapshot)?:
                // Printing fell so far behind that the answer is whole by now: what is missing follows in one piece.
                let rest = String(decoding: Array(snapshot.message.text.utf8.dropFirst(length)), as: UTF8.self)
                let start = StreamEvent.blockStarted(BlockStart(block: nextBlock, kind: .text))
                let text: [StreamEvent] = rest.isEmpty ? [] : [start, .delta(block: nextBlock, text: rest), .blockEnded(block: nextBlock)]
                note(text)
                return text + (snapshot.end.map { [.end($0)] } ?? [])
            }
        }

        private mutating func note(_ events: [StreamEvent]) {
            for event in events {
                switch event {
                case .blockStarted(let start):
                    nextBlock = Swift.max(nextBlock, start.block + 1)
                    if start.kind == .text { texts.insert(start.block) }
                case .delta(let block, let text): if texts.contains(block) { length += text.utf8.count }
                default: break
                }
            }
        }
    }
}
