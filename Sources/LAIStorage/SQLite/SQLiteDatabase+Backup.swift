internal import FoundationEssentials
internal import GRDB
internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

extension SQLiteDatabase {
    /// Writes a copy of the store, as it is at one moment, while others go on writing. The copy is one file, for its
    /// owner only, and is looked through before it gets its name: what is there under that name is whole.
    /// - Returns: its size in bytes.
    /// - Throws: ``LAIError`` with the code `file`, among others when there is a file of that name; nothing is left then.
    @discardableResult
    public func backUp(to path: String) async throws -> Int {
        if FileManager.default.fileExists(atPath: path) {
            throw LAIError(
                .file,
                Folder.exists(path)
                    ? "\(path) is a folder: name a file in it."
                    : "There is a file \(path) already: choose another name, or move it away.")
        }
        let file = try NewFile("\(path).partial-\(getpid())", for: path)
        do {
            let copy = try DatabaseQueue(path: file.partial)
            try pool.backup(to: copy)
            try Self.settle(copy)
            try copy.close()
        } catch {
            throw SQLiteFailure.error(error, path: path)
        }
        try file.take()
        return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Puts a backup in the place of a store, which is moved aside.
    /// - Returns: where the store that was there is now; nil when there was none.
    /// - Throws: ``LAIError`` with the code `file` when the backup is damaged or of a newer LAI, when a program has the
    ///   store open, and when there is no space: the store is as it was then.
    public static func restore(path: String, from backup: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: backup) else { throw LAIError(.file, "There is no file \(backup).") }
        if Folder.exists(backup) { throw LAIError(.file, "\(backup) is a folder: name the file that is to be put back.") }
        try Folder.make(Folder.of(path))
        do {
            return try FileLock.withLock(path + ".lock") {
                if isInUse(path: path) { throw LAIError(.file, "Another program has the store \(path) open: end it first.") }
                let file = try NewFile("\(path).restoring", for: path)
                try read(backup, into: file.partial)
                let aside = try moveAside(path)
                try file.take()
                return aside
            }
        } catch {
            throw SQLiteFailure.error(error, path: path)
        }
    }

    /// Whether a program has the store of that path open, this one included.
    public static func isInUse(path: String) -> Bool { OwnerLock.living(in: path + ".owners") > 0 }

    /// Copies a backup, and checks it.
    private static func read(_ backup: String, into new: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let source = try DatabaseQueue(path: backup, configuration: configuration)
            let tables = try source.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") }
            guard tables.contains("conversation"), tables.contains("message") else {
                throw LAIError(.file, "\(backup) is no backup of a store of LAI.")
            }
            try Migration.check(backup)
            let copy = try DatabaseQueue(path: new)
            try source.backup(to: copy)
            try settle(copy)
            try copy.close()
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            throw LAIError(.file, "\(backup) is no backup of a store of LAI, or is damaged.", cause: error)
        }
    }

    /// Makes one plain file of a copy, and looks through it.
    private static func settle(_ copy: DatabaseQueue) throws {
        try copy.writeWithoutTransaction { database in
            // Newer versions of SQLite look through the index of the search too, which needs these.
            try SearchFunctions.register(database)
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
            let damage = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            if let first = damage.first { throw LAIError(.file, "The copy would be damaged as what it is of (\(first)).") }
        }
    }

    private static func moveAside(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let aside = "\(path).before-restore-\(Timestamp.now.milliseconds)"
        // The log belongs to the file, and goes with it.
        for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
        return aside
    }
}
