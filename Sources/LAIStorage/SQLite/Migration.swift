internal import FoundationEssentials
internal import GRDB
internal import LAICore

/// Brings a file to this version of the schema.
enum Migration {
    static func run(_ pool: DatabasePool, path: String) throws {
        let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        if version > Schema.version {
            throw LAIError(
                .file,
                "The store \(path) was made by a newer LAI (version \(version) of its tables; this one knows \(Schema.version)). It is left as it is: use the newer program.")
        }
        if version == Schema.version { return }
        if version > 0 {
            let snapshot = "\(path).before-\(version + 1)"
            if !FileManager.default.fileExists(atPath: snapshot) {
                try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [snapshot]) }
            }
        }
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                // Another process may have been faster.
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                for step in version..<max(version, Schema.version) {
                    try Schema.migrations[step](database)
                    try database.execute(sql: "PRAGMA user_version = \(step + 1)")
                }
                return .commit
            }
        }
    }
}
