import LAIStorage
import LAITesting
import Testing

@Suite("Our own databases keep every promise")
struct DatabaseConformanceTests {
    @Test("SQLite")
    func sqlite() async throws {
        try await TemporaryFolder.with { folder in
            try await DatabaseConformance.check { try SQLiteDatabase(path: folder.path(named: "lai-\(UInt64.random(in: 0...UInt64.max)).db")) }
        }
    }

    @Test("memory")
    func memory() async throws {
        try await DatabaseConformance.check { MemoryDatabase() }
    }
}
