import FoundationEssentials
import Glibc
import LAIProviders
import LAIStorage
import LAIStreaming

/// Looks through the store for `lai doctor`.
struct StoreCheck {
    let path: String
    /// Takes a finding: good, bad, or neither.
    let report: (Bool?, String) -> Void

    func run(repairs: Bool) async throws {
        guard FileManager.default.fileExists(atPath: path) else { return report(nil, "There is no store of conversations yet (\(path)).") }
        if repairs { return try await repair() }
        do {
            let database = try SQLiteDatabase(path: path)
            defer { try? database.close() }
            // A file that could not be opened at all was moved aside by now.
            if let salvage = database.salvage { return report(false, salvage.text) }
            try await check(database)
        } catch let error as LAIError {
            report(false, error.message)
        }
    }

    private func check(_ database: SQLiteDatabase) async throws {
        // The index can be looked through only where it could be mended.
        let isReadOnly = database.readOnlyReason != nil
        let damage = try await Spinner.during("looking through the store") { try await database.findDamage() }
        if damage.isEmpty, !isReadOnly, let sentence = try await Spinner.during("looking through its index", { try await database.findSearchDamage().first }) {
            report(false, "The search of the store \(path) is damaged (\(sentence)): lai doctor --repair makes its index anew; nothing is lost.")
        }
        if damage.isEmpty {
            let size = ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
            report(true, "The store \(path) is in order (\(StatsPage.size(size))).")
        } else {
            report(false, "The store \(path) is damaged (\(damage[0])\(damage.count > 1 ? ", and \(damage.count - 1) more" : "")): end all other lai, then lai doctor --repair saves what can be read of it.")
        }
        if let reason = database.readOnlyReason { return report(nil, reason) }
        if !damage.isEmpty { return checkSpace() }
        let recovered = try await database.recover()
        let running = try await database.runningStreams().count
        if !recovered.isEmpty { report(true, "\(recovered.count) answers of programs that ended were left behind: they are marked as broken off, with the text that came.") }
        if running > 0 { report(nil, "\(running) answer\(running == 1 ? " is" : "s are") being received.") }
        checkSpace()
    }

    private func checkSpace() {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return }
        let free = Int(facts.f_bavail) * Int(facts.f_frsize)
        let reserve = (try? FileManager.default.attributesOfItem(atPath: path + ".reserve")[.size] as? Int) ?? 0
        let kept = reserve > 0 ? "; \(StatsPage.size(reserve)) are kept for running answers" : ""
        report(free >= 64 << 20, "The disk of the store has \(StatsPage.size(free)) free\(kept).")
    }

    private func repair() async throws {
        do {
            if SQLiteDatabase.isInUse(path: path) {
                return report(false, "Another program has the store \(path) open: end it, then lai doctor --repair can work on it.")
            }
            do {
                // One that cannot be opened at all is saved by the opening; what else hinders it is told.
                let database = try SQLiteDatabase(path: path)
                defer { try? database.close() }
                let damage = try await database.findDamage()
                // Only where the rest is in order can it be made from it.
                let indexed = damage.isEmpty ? try await database.findSearchDamage().count : 0
                if indexed > 0 { try await database.rebuildSearch() }
                let salvage = database.salvage
                if let salvage { return report(true, salvage.text) }
                if indexed > 0 { return report(true, "The index of the search was damaged, and is made anew.") }
                if damage.isEmpty { return report(true, "The store \(path) is in order: there is nothing to repair.") }
            }
            let (database, salvage) = try SQLiteDatabase.repair(path: path)
            try? database.close()
            report(true, salvage.text)
        } catch let error as LAIError {
            report(false, error.message)
        }
    }
}
