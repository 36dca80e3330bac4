#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif
import LAIStorage

/// Measures streams that are recorded in a store in a file, and the readers that follow them.
///
///     SessionBenchmark cost BASE_URL S N D R      CPU of S streams at once, N deltas each, D microseconds apart, read
///                                                 as they are and recorded, in turn, R times each
///     SessionBenchmark latency S C T              S sessions, C chunks a second in each, for T seconds, a reader each:
///                                                 from a chunk's arrival to its reader
///     SessionBenchmark readers S R C T            S sessions with R readers each, C chunks a second, for T seconds
///     SessionBenchmark open N                     the end of a conversation of N messages
///
/// The server of `cost` is that of StreamBenchmark. The store is made in a folder of its own, under TMPDIR or the
/// current folder, and removed.
@main
struct SessionBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.compactMap { Int($0) }
        switch (arguments.first, numbers.count) {
        case ("cost", 4...): try await Cost(baseURL: arguments[2], streams: numbers[0], deltas: numbers[1], pause: numbers[2]).run(numbers[3])
        case ("latency", 3...): try await Load(sessions: numbers[0], readers: 1, rate: numbers[1], seconds: numbers[2], isCoalesced: false).run()
        case ("readers", 4...): try await Load(sessions: numbers[0], readers: numbers[1], rate: numbers[2], seconds: numbers[3], isCoalesced: true).run()
        case ("open", 1...): try await Opening.run(numbers[0])
        default:
            print("SessionBenchmark cost BASE_URL S N D R | latency S C T | readers S R C T | open N")
            exit(2)
        }
    }

    /// Runs with a store in a file.
    static func withStore<Result>(_ body: (SQLiteDatabase) async throws -> Result) async throws -> Result {
        let folder = (getenv("TMPDIR").map { String(cString: $0) } ?? ".") + "/session-benchmark-\(getpid())"
        guard mkdir(folder, 0o700) == 0 else { fatalError("\(folder) cannot be made") }
        defer { remove(folder) }
        let database = try SQLiteDatabase(path: folder + "/lai.db")
        defer { try? database.close() }
        return try await body(database)
    }

    private static func remove(_ folder: String) {
        if let directory = opendir(folder) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(cString: $0.bindMemory(to: CChar.self).baseAddress!) }
                if name == "." || name == ".." { continue }
                let path = folder + "/" + name
                if unlink(path) != 0 { remove(path) }
            }
            closedir(directory)
        }
        rmdir(folder)
    }
}
