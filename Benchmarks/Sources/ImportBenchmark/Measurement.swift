import Foundation
import LAIChat
import LAICore
import LAIStorage
import Measuring

/// Imports a file into a new store, imports it again, and exports everything, as the commands do.
struct Measurement {
    let path: String

    func run() async throws {
        let folder = path + ".store-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try SQLiteDatabase(path: folder + "/lai.db")
        defer { try? database.close() }
        let report = try await measure("import", count: { $0.conversations }, { try await importFile(into: database) })
        print("  \(report.added) conversations, \(report.messages) messages, \(report.failed) failed")
        let again = try await measure("again", count: { $0.conversations }, { try await importFile(into: database) })
        print("  \(again.unchanged) unchanged")
        let export = try await measure("export", count: { $0.conversations }, { try await exportAll(of: database) })
        print("  \(export.bytes / 1_000_000) MB of JSON")
    }

    private func importFile(into database: SQLiteDatabase) async throws -> ImportReport {
        guard let file = FileHandle(forReadingAtPath: path) else { throw LAIError(.file, "\(path) cannot be read.") }
        var importer = ConversationImporter(into: database)
        while let piece = try file.read(upToCount: 1 << 18), !piece.isEmpty { try await importer.add(Array(piece)) }
        try await importer.finish()
        return importer.report
    }

    private func exportAll(of database: SQLiteDatabase) async throws -> (conversations: Int, bytes: Int) {
        var filter = ConversationFilter()
        filter.limit = .max
        let conversations = try await database.conversations(filter)
        var bytes = 0
        for conversation in conversations {
            bytes += try await ConversationExport.json.text(of: conversation, in: database).utf8.count
        }
        return (conversations.count, bytes)
    }

    private func measure<Result>(_ name: String, count: (Result) -> Int, _ body: () async throws -> Result) async throws -> Result {
        let (clock, before) = (ContinuousClock.now, ProcessUsage.now())
        let result = try await body()
        let (seconds, after) = (clock.duration(to: .now) / .seconds(1), ProcessUsage.now())
        let count = Double(count(result))
        print(String(format: "%@: %.1f s, of them CPU %.1f, %.0f conversations/s, %.0f a CPU second, peak %d MiB",
            name, seconds, after.cpu - before.cpu, count / seconds, count / (after.cpu - before.cpu), after.peak))
        return result
    }
}
