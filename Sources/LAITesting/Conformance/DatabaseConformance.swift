public import LAIStorage

/// What every ``LAIStorage/ChatDatabase`` keeps to, as one call that works in any test framework:
///
/// ```swift
/// try await DatabaseConformance.check { try SQLiteDatabase(path: path) }
/// ```
public enum DatabaseConformance {
    /// Checks a database.
    /// - Parameter make: makes an empty one; it is called for each check.
    /// - Throws: ``ConformanceFailure`` with every promise that was broken.
    public static func check(_ make: @Sendable () async throws -> some ChatDatabase) async throws {
        var broken: [String] = []
        var name = ""
        for (title, check) in DatabaseRun.checks {
            let database = try await make()
            name = "\(type(of: database))"
            let run = DatabaseRun(database: database)
            do { try await check(run) } catch let failure as DatabaseRun.Broken {
                broken.append("\(title): \(failure.sentence)")
            } catch {
                broken.append("\(title): \(error)")
            }
        }
        if !broken.isEmpty { throw ConformanceFailure(name, broken: broken) }
    }
}
