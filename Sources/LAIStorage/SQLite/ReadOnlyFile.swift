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

/// A store that this process may only read: on a disk that cannot be written, in another's folder.
struct ReadOnlyFile: Sendable {
    /// What a file is while nobody writes it.
    private struct State: Equatable {
        var device: UInt64 = 0
        var node: UInt64 = 0
        var size = 0
        var seconds = 0
        var nanoseconds = 0

        init?(_ path: String) {
            var facts = stat()
            guard stat(path, &facts) == 0 else { return nil }
            (device, node, size) = (UInt64(facts.st_dev), UInt64(facts.st_ino), Int(facts.st_size))
            #if canImport(Darwin)
            (seconds, nanoseconds) = (facts.st_mtimespec.tv_sec, facts.st_mtimespec.tv_nsec)
            #else
            (seconds, nanoseconds) = (facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)
            #endif
        }
    }

    private let path: String
    /// Why it can only be read, for a person.
    let reason: String
    /// The file and its log at first, where SQLite takes it for granted that they stay as they are.
    private let states: [State?]?

    /// What keeps this process from writing the store: a file or folder, and why; nil when nothing does, or there is none.
    static func obstacle(to path: String) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        for place in [Folder.of(path)] + ["", "-wal", "-shm", ".lock", ".owners"].map({ path + $0 })
        where access(place, F_OK) == 0 && access(place, W_OK) != 0 {
            return "\(place) cannot be written (\(String(cString: strerror(errno))))"
        }
        return nil
    }

    /// Opens the file so that nothing is written, beside it neither.
    static func open(_ path: String, because obstacle: String) throws -> (ReadOnlyFile, DatabasePool) {
        let logs = ["-wal", "-shm"].map { State(path + $0) }
        // With a log that others may be writing, SQLite needs the memory that they share; else there must be no log.
        let isShared = logs[0].map { $0.size > 0 } ?? false
        if isShared, logs[1] == nil {
            throw LAIError(
                .file, "The store \(path) can only be read: \(obstacle). Its newest part is in \(path)-wal, for which SQLite must write: copy both files into a folder of your own, and open them there.")
        }
        for place in (isShared ? ["", "-wal", "-shm"] : [""]).map({ path + $0 }) where access(place, R_OK) != 0 {
            throw LAIError(.file, "The store \(path) cannot be read: \(place) is not open to you (\(String(cString: strerror(errno)))). Check who owns it.")
        }
        if Salvage.isEmptied(path) {
            throw LAIError(.file, "The store \(path) is damaged: it is empty. It can only be read (\(obstacle)): copy all files of its folder into one of your own, and open them there.")
        }
        let file = ReadOnlyFile(
            path: path, reason: "The store \(path) can only be read: \(obstacle).", states: isShared ? nil : states(path))
        let pool = try DatabasePool(
            path: isShared ? path : "file:\(escaped(path))?immutable=1", configuration: SQLiteDatabase.configuration(path, isReadOnly: true))
        let version = try pool.read(Migration.version)
        try Migration.check(version, path)
        if version < Schema.version {
            throw LAIError(.file, "\(file.reason) It is of an older LAI, and must be changed for this one: copy it into a folder of your own.")
        }
        return (file, pool)
    }

    /// - Throws: ``LAIError`` with the code `file` when the file became another while it was read: then what was read may be
    ///   of both.
    func check() throws(LAIError) {
        if let states, states != ReadOnlyFile.states(path) {
            throw LAIError(.file, "The store \(path) was changed by another program while it was read: try again.")
        }
    }

    private static func states(_ path: String) -> [State?] { [State(path), State(path + "-wal")] }

    /// The path as SQLite wants it in an address.
    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }
}
