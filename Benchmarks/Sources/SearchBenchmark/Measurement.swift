import Foundation
import LAICore
import LAIStorage
import Texts

/// Measures searches of each kind, the first twenty hits of each, while streams are written into the same store.
struct Measurement {
    let path: String
    let count: Int
    let seed: UInt64

    private typealias Kind = (name: String, query: @Sendable (Vocabulary, inout SeededGenerator) -> String)

    private static let kinds: [Kind] = [
        ("the commonest word", { v, g in v.word(0..<30, &g) }),
        ("a common word", { v, g in v.word(30..<300, &g) }),
        ("two of the commonest", { v, g in v.word(0..<30, &g) + " " + v.word(0..<30, &g) }),
        ("three common words", { v, g in "\(v.word(0..<300, &g)) \(v.word(0..<300, &g)) \(v.word(0..<300, &g))" }),
        ("a middling word", { v, g in v.word(1500..<10_000, &g) }),
        ("a rare word", { v, g in v.word(100_000..<400_000, &g) }),
        ("a common and a rare word", { v, g in v.word(0..<100, &g) + " " + v.word(50_000..<300_000, &g) }),
        ("code, other scripts", { _, g in Vocabulary.others[g.index(Vocabulary.others.count)] }),
        ("common OR common", { v, g in v.word(0..<100, &g) + " OR " + v.word(0..<100, &g) }),
        ("common NOT common", { v, g in v.word(0..<100, &g) + " -" + v.word(0..<100, &g) }),
        ("a phrase of two common", { v, g in "\"\(v.word(0..<60, &g)) \(v.word(0..<60, &g))\"" }),
        ("a phrase of three common", { v, g in "\"\(v.word(0..<30, &g)) \(v.word(0..<30, &g)) \(v.word(0..<30, &g))\"" }),
        ("one letter*", { v, g in v.word(0..<5000, &g).prefix(1) + "*" }),
        ("two letters*", { v, g in v.word(0..<5000, &g).prefix(2) + "*" }),
        ("three letters*", { v, g in v.word(0..<5000, &g).prefix(3) + "*" }),
        ("four letters*", { v, g in v.word(0..<5000, &g).prefix(4) + "*" }),
        ("common and three letters*", { v, g in v.word(0..<100, &g) + " " + v.word(0..<5000, &g).prefix(3) + "*" }),
        ("rare and two letters*", { v, g in v.word(100_000..<400_000, &g) + " " + v.word(0..<5000, &g).prefix(2) + "*" }),
        ("common, model:", { v, g in v.word(0..<100, &g) + " model:" + ["opus", "smollm", "gpt-5", "qwen3"][g.index(4)] }),
        ("common, role: provider:", { v, g in v.word(0..<100, &g) + " role:assistant provider:" + ["openai", "local"][g.index(2)] }),
        ("common, tag:", { v, g in v.word(0..<100, &g) + " tag:tag\(g.index(20))" }),
        ("common, before: after:", { v, g in v.word(0..<100, &g) + " after:202\(2 + g.index(4))-0\(1 + g.index(9)) before:2026-01" }),
        ("common, before: long ago", { v, g in v.word(0..<100, &g) + " before:2022-0\(1 + g.index(9))" }),
        ("common, in: a title", { v, g in v.word(0..<30, &g) + " in:" + v.word(500..<2000, &g) }),
        ("a filter alone", { _, g in ["role:user", "model:opus", "tag:tag3", "before:2023", "provider:local"][g.index(5)] }),
        ("suggestions, 1–4 letters", { v, g in "?" + v.word(0..<5000, &g).prefix(1 + g.index(4)) }),
    ]

    func run() async throws {
        let vocabulary = Vocabulary(size: StoreMaker.vocabulary, seed: 1)
        let clock = ContinuousClock()
        let opening = clock.now
        let database = try SQLiteDatabase(path: path)
        print("opened in \(Measurement.milliseconds(opening.duration(to: .now)))")
        let first = clock.now
        let hits = try await database.search(SearchQuery("the"), limit: 20, offset: 0)
        print("first search of the process, \(hits.count) hits: \(Measurement.milliseconds(first.duration(to: .now)))")
        print("milliseconds                 p50     p99     max CPU p99    hits, the slowest")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await StreamWriter.run(path: path) }
            var all: [Double] = []
            for (number, kind) in Measurement.kinds.enumerated() {
                var generator = SeededGenerator(seed: seed &+ UInt64(number))
                var times: [(Double, String)] = []
                var work: [Double] = []
                var found = 0
                for _ in 0..<count {
                    let text = kind.query(vocabulary, &generator)
                    let start = clock.now
                    let before = Measurement.processTime
                    if text.hasPrefix("?") {
                        found += try await database.suggestions(for: String(text.dropFirst()), limit: 10).count
                    } else {
                        found += try await database.search(SearchQuery(text), limit: 20, offset: 0).count
                    }
                    work.append(Measurement.processTime - before)
                    times.append((start.duration(to: clock.now) / .milliseconds(1), text))
                }
                times.sort { $0.0 < $1.0 }
                all += times.map(\.0)
                work.sort()
                print(Measurement.row(kind.name, times.map(\.0)) + Measurement.right(Measurement.number(Measurement.high(work)), 8), Measurement.right("\(found / count)", 6), " ", times.last!.1)
            }
            print(Measurement.row("all", all.sorted()))
            group.cancelAll()
        }
    }

    private static func row(_ name: String, _ times: [Double]) -> String {
        name + String(repeating: " ", count: max(0, 25 - name.count))
            + [times[times.count / 2], high(times), times.last!].map { right(number($0), 8) }.joined()
    }

    private static func high(_ sorted: [Double]) -> Double { sorted[min(sorted.count - 1, sorted.count * 99 / 100)] }

    /// What the process has computed, the streams' writer included, in milliseconds: other programs do not show in it.
    private static var processTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }

    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
    private static func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
    static func milliseconds(_ duration: Duration) -> String { number(duration / .milliseconds(1)) + " ms" }
}
