internal import FoundationEssentials
internal import GRDB
internal import LAICore

/// Brings a file to this version of the schema.
enum Migration {
    /// Refuses a file that this version does not know, before anything of it is changed.
    static func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.readonly = true
        try check(DatabaseQueue(path: path, configuration: configuration).read(version), path)
    }

    static func check(_ version: Int, _ path: String) throws(LAIError) {
        if version <= Schema.version { return }
        throw LAIError(
            .file,
            "The store \(path) was made by a newer LAI (version \(version) of its tables; this one knows \(Schema.version)). It is left as it is: use the newer program.")
    }

    static func version(_ database: Database) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 }

    /// - Parameter isSlow: told once, with the version, when it takes longer than a second.
    static func run(_ pool: DatabasePool, path: String, isSlow: @escaping @Sendable (Int) -> Void) throws {
        let version = try pool.read(version)
        if version == Schema.version { return }
        do {
            try SlowWork.watch(pool, tell: { isSlow(Schema.version) }) {
                if version > 0 {
                    let snapshot = "\(path).before-\(version + 1)"
                    if !FileManager.default.fileExists(atPath: snapshot) { try copy(pool, to: snapshot) }
                }
                try bring(pool)
            }
        } catch let error as DatabaseError where version > 0 && error.isFull {
            throw LAIError(
                .file,
                "The store \(path) is of an older LAI, and there is too little space on its disk to bring it to version \(Schema.version) of its tables: free about twice its size, and try again. It is as it was.",
                cause: error)
        }
    }

    private static func bring(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                // Another process may have been faster.
                let version = try Migration.version(database)
                for step in version..<max(version, Schema.version) {
                    try Schema.migrations[step](database)
                    try database.execute(sql: "PRAGMA user_version = \(step + 1)")
                }
                return .commit
            }
        }
    }

    /// Copies the file. What bears the name is whole: a copy that breaks off has another.
    private static func copy(_ pool: DatabasePool, to snapshot: String) throws {
        let file = try NewFile(snapshot + ".part", for: snapshot)
        let partial = file.partial
        try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
        try file.take()
    }
}
