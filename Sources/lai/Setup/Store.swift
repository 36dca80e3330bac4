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
