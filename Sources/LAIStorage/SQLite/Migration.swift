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
        let version = try DatabaseQueue(path: path, configuration: configuration).read(version)
        if version > Schema.version {
            throw LAIError(
                .file,
                "The store \(path) was made by a newer LAI (version \(version) of its tables; this one knows \(Schema.version)). It is left as it is: use the newer program.")
        }
    }

    private static func version(_ database: Database) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 }

    static func run(_ pool: DatabasePool, path: String) throws {
        let version = try pool.read(version)
        if version == Schema.version { return }
        if version > 0 {
            let snapshot = "\(path).before-\(version + 1)"
            if !FileManager.default.fileExists(atPath: snapshot) { try copy(pool, to: snapshot) }
        }
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
        let file = try NewFile(snapshot + ".part")
        let partial = file.partial
        try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
        try file.take(snapshot)
    }
}
