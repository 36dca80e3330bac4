import Foundation
import LAICore
import LAIStorage
import LAIStreaming

/// What was found in the store.
struct Verdict {
    static let bound = 50_000

    var victims: [Victim] = []
    var failures: [String] = []
    private var checked = 0
    private var whole = 0
    /// How much was sent before the death and not kept, in microseconds.
    private var shortfalls: [Int] = []

    mutating func check(path: String, round: Int) async throws {
        let database = try SQLiteDatabase(path: path)
        try await database.recover()
        for damage in try await database.findDamage() { failures.append("round \(round): \(damage)") }
        if !(try await database.runningStreams().isEmpty) { failures.append("round \(round): a dead program's stream runs") }
        for victim in victims[checked...] { try await check(victim, database, round) }
        checked = victims.count
        try database.close()
    }

    private mutating func check(_ victim: Victim, _ database: SQLiteDatabase, _ round: Int) async throws {
        guard let message = try await database.message(victim.message) else {
            return failures.append("round \(round): a message is lost")
        }
        let stamps = message.message.text.split(separator: "|").compactMap { Int($0) }
        if stamps != Array(victim.sent.prefix(stamps.count)) { failures.append("round \(round): the text has a gap") }
        switch message.status {
        case .sent:
            whole += 1
            if !victim.wasWhole || stamps.count != victim.sent.count { failures.append("round \(round): a text that is cut counts as whole") }
        case .interrupted: break
        default: failures.append("round \(round): a message is \(message.status.rawValue)")
        }
        // What was sent and is not there: how long before the death was the first of it sent?
        guard stamps.count < victim.sent.count else { return shortfalls.append(0) }
        let shortfall = victim.killed - victim.sent[stamps.count]
        shortfalls.append(shortfall)
        if shortfall > Verdict.bound { failures.append("round \(round): \(shortfall / 1000) ms of text are lost") }
    }

    func summary(rounds: Int) -> String {
        let sorted = shortfalls.sorted()
        func at(_ share: Double) -> Double { Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1000 }
        return """
            {"rounds":\(rounds),"killed":\(victims.count),"whole":\(whole),"failures":\(failures.count),\
            "lost_ms_p50":\(at(0.5)),"lost_ms_p99":\(at(0.99)),"lost_ms_max":\(at(1))}
            """
    }
}
