#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import GRDB

/// Waits where SQLite does not: for a program that is just opening or closing the file, and for one that changes its
/// tables. A lock that is held it waits for by itself.
enum Patience {
    /// As long as SQLite waits for a lock.
    static let limit: Duration = .seconds(20)
    private static let pause: Duration = .milliseconds(5)

    private static func isPassing(_ error: DatabaseError) -> Bool {
        [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_SCHEMA].contains(error.resultCode)
    }

    /// Runs a body, whole or not at all, until it is not refused for another program's sake.
    static func wait<Value>(_ body: () async throws -> Value) async throws -> Value {
        let end = ContinuousClock.now + limit
        while true {
            do { return try await body() } catch let error as DatabaseError where isPassing(error) && ContinuousClock.now < end {
                try await Task.sleep(for: pause)
            }
        }
    }

    static func wait<Value>(_ body: () throws -> Value) throws -> Value {
        let end = ContinuousClock.now + limit
        while true {
            do { return try body() } catch let error as DatabaseError where isPassing(error) && ContinuousClock.now < end {
                usleep(5000)
            }
        }
    }
}
