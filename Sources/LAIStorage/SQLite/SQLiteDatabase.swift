internal import FoundationEssentials
internal import GRDB
internal import LAICore
internal import LAIStreaming
internal import Synchronization

/// Conversations in a SQLite file, which any number of processes use at once.
public final class SQLiteDatabase: ChatDatabase {
    public let path: String
    /// What was saved when the file turned out to be damaged; nil when it was in order.
    public let salvage: SalvageReport?
    /// Why the store can only be read, in a sentence; nil when it can be written.
    public var readOnlyReason: String? { readOnly?.reason }
    let pool: DatabasePool
    /// What shows that this process lives; nil when it only reads.
    let owner: OwnerLock?
    private let readOnly: ReadOnlyFile?
    let reserve: DiskReserve
    private let isClosed = Atomic(false)
    /// What is being received, for the search.
    let running = RunningTexts()

    /// Opens the file, makes it where it is not there, and brings it to this version. One that is damaged so that it
    /// cannot be opened is moved aside, and what can be read of it is saved into a new one: see ``salvage``. One that
    /// this process may not write is opened all the same: see ``readOnlyReason``.
    /// - Parameter isSlow: told once, with the new version of the tables, when bringing the file to it takes longer than
    ///   a second.
    /// - Throws: ``LAIError`` with the code `file`.
    public convenience init(path: String, isSlow: @escaping @Sendable (Int) -> Void = { _ in }) throws {
        do {
            if let obstacle = ReadOnlyFile.obstacle(to: path) {
                try self.init(path: path, readingOnlyBecause: obstacle)
                return
            }
            try Folder.make(Folder.of(path))
            // One process at a time: SQLite does not wait for another that makes the file, or its log.
            let (pool, salvage, owner) = try FileLock.withLock(path + ".lock") {
                let (pool, salvage) = try SQLiteDatabase.openOrSalvage(path, isSlow)
                return (pool, salvage, try OwnerLock(folder: path + ".owners"))
            }
            self.init(path: path, pool: pool, salvage: salvage, owner: owner)
        } catch {
            throw SQLiteFailure.error(error, path: path)
        }
    }

    /// Opens the file to read it, and writes nothing.
    convenience init(path: String, readingOnlyBecause obstacle: String) throws {
        let (file, pool) = try ReadOnlyFile.open(path, because: obstacle)
        self.init(path: path, pool: pool, salvage: nil, owner: nil, readOnly: file)
    }

    private init(path: String, pool: DatabasePool, salvage: SalvageReport?, owner: OwnerLock?, readOnly: ReadOnlyFile? = nil) {
        self.path = path
        self.pool = pool
        self.salvage = salvage
        self.owner = owner
        self.readOnly = readOnly
        reserve = DiskReserve(path: path + ".reserve")
    }

    /// Moves the file aside, whether or not it can be opened, and saves what can be read of it into a new one. No other
    /// process may have it open.
    public static func repair(path: String) throws -> (database: SQLiteDatabase, report: SalvageReport) {
        do {
            if let obstacle = ReadOnlyFile.obstacle(to: path) { throw LAIError(.file, "The store \(path) cannot be repaired: \(obstacle).") }
            let (pool, report, owner) = try FileLock.withLock(path + ".lock") {
                // A file of a newer LAI is not a damaged one. An empty one is not shown to SQLite, which would clear its log.
                if !Salvage.isEmptied(path) { do { try Migration.check(path) } catch let error as LAIError { throw error } catch {} }
                let (pool, report) = try Salvage.run(path) { try open($0) }
                return (pool, report, try OwnerLock(folder: path + ".owners"))
            }
            return (SQLiteDatabase(path: path, pool: pool, salvage: report, owner: owner), report)
        } catch {
            throw SQLiteFailure.error(error, path: path)
        }
    }

    private static func openOrSalvage(_ path: String, _ isSlow: @escaping @Sendable (Int) -> Void) throws -> (DatabasePool, SalvageReport?) {
        if Salvage.isEmptied(path) { return try Salvage.run(path) { try open($0) } }
        do {
            if !FileManager.default.fileExists(atPath: path) { try make(path) }
            return (try Patience.wait { try open(path, isSlow) }, nil)
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            return try Salvage.run(path) { try open($0) }
        }
    }

    /// Makes a store under another name: one that bears its own is whole.
    private static func make(_ path: String) throws {
        let file = try NewFile(path + ".making", for: path)
        let pool = try open(file.partial)
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        try file.take()
    }

    static func configuration(_ path: String, isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(20)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // The file survives the end of the process at any moment; of the machine's, all but the last commits.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA journal_size_limit = 16777216")
            try SearchFunctions.register(database)
            if !database.configuration.readonly { try fillLog(path + "-wal", database) }
        }
        return configuration
    }

    /// Writes something into an empty log that changes nothing. GRDB wants one that is not empty, and would make a table and
    /// drop it: a change of the tables under other programs, which then find none of theirs.
    private static func fillLog(_ log: String, _ database: Database) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
        guard size == 0, try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else { return }
        try database.inTransaction(.immediate) {
            let version = try Migration.version(database)
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    static func open(_ path: String, _ isSlow: @escaping @Sendable (Int) -> Void = { _ in }) throws -> DatabasePool {
        try Migration.check(path)
        let pool = try DatabasePool(path: path, configuration: configuration(path, isReadOnly: false))
        try Migration.run(pool, path: path, isSlow: isSlow)
        chmod(path, 0o600)
        return pool
    }

    /// Looks through the whole file.
    /// - Returns: what is wrong with it; nothing, when all is well.
    public func findDamage() async throws -> [String] {
        try await read { database in
            do {
                let damage = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                // In a damaged file the second look may fail, and says nothing more.
                if !damage.isEmpty { return damage }
                return try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "a stray row: \($0)" }
            } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
                return ["it cannot be read through: \(error.message ?? "a page is damaged")"]
            }
        }
    }

    /// Closes the file; nothing may be asked of it after that. To close it once more does nothing.
    public func close() throws {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        do {
            if readOnly != nil { return try pool.close() }
            // Not while another process opens the file: its log must not be emptied under it.
            try FileLock.withLock(path + ".lock") {
                // The log goes into the file, so that it can be copied as it is; another process that reads hinders that.
                _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
                try pool.close()
            }
        } catch {
            throw failure(error)
        }
    }

    func read<Value>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value where Value: Sendable {
        guard let readOnly else {
            // Reading may need a page of shared memory, which is a file too.
            return try await withReserve { try await Patience.wait { try await self.pool.read(body) } }
        }
        let result: Result<Value, any Error>
        do { result = .success(try await pool.read(body)) } catch { result = .failure(failure(error)) }
        try readOnly.check()
        return try result.get()
    }

    /// - Throws: ``LAIError`` with the code `file` when the store can only be read.
    func checkWritable() throws(LAIError) {
        if let readOnly { throw LAIError(.file, readOnly.reason) }
    }

    /// Runs a change, whole or not at all.
    func write<Value>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value where Value: Sendable {
        try await withReserve { try await commit(body) }
    }

    /// Does something once more in the space that is kept for the moment when there is no other.
    private func withReserve<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError where error.isFull {
            guard reserve.release() else { throw failure(error) }
            do { return try await body() } catch { throw failure(error) }
        } catch {
            throw failure(error)
        }
    }

    /// Runs a change without the space that is kept for streams. A damaged index of the search keeps no word from being
    /// written: it is made anew from what is kept.
    func commit<Value>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value where Value: Sendable {
        do { return try await Patience.wait { try await self.transaction(body) } } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CORRUPT_VTAB {
            try await transaction(SQLiteDatabase.rebuildSearch)
            return try await transaction(body)
        }
    }

    private func transaction<Value>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value where Value: Sendable {
        try checkWritable()
        return try await pool.writeWithoutTransaction { database in
            var result: Value?
            try database.inTransaction(.immediate) {
                result = try body(database)
                return .commit
            }
            return result!
        }
    }

    func failure(_ error: any Error) -> any Error {
        error is CancellationError ? error : SQLiteFailure.error(error, path: path)
    }
}

extension DatabaseError {
    var isFull: Bool {
        // A limit on a file's size shows as a failed write.
        resultCode == .SQLITE_FULL || extendedResultCode == .SQLITE_IOERR_WRITE
    }
}

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif
