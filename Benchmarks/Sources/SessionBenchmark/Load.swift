import LAICore
import LAIStorage
import LAIStreaming
import Measuring
import Synchronization

/// Many sessions at once, fed at a steady rate, and their readers.
struct Load: Sendable {
    let sessions: Int
    let readers: Int
    /// Chunks a second in each session.
    let rate: Int
    let seconds: Int
    let isCoalesced: Bool

    func run() async throws {
        let delays = Delays()
        try await SessionBenchmark.withStore { database in
            let records = try await Fixture.streams(sessions, in: database)
            let start = ProcessUsage.now()
            let clock = ContinuousClock.now
            let metrics = try await StreamingService.withService(journal: database) { service in
                let running = try records.map {
                    try service.createSession(id: $0.session, conversation: $0.conversation, message: $0.message)
                }
                return await withDiscardingTaskGroup(returning: ServiceMetrics.self) { group in
                    for session in running {
                        for _ in 0..<readers {
                            group.addTask { await read(session, delays) }
                        }
                    }
                    await feed(running)
                    return service.metrics
                }
            }
            let sent = sessions * readers * rate * seconds
            let (sorted, deltas, ended) = delays.all
            let cpu = ProcessUsage.now().cpu - start.cpu
            let wall = (ContinuousClock.now - clock) / .seconds(1)
            print(
                #"{"mode":"\#(isCoalesced ? "readers" : "latency")","sessions":\#(sessions),"readers":\#(sessions * readers),"deltas_for_readers":\#(sent),"received":\#(deltas),"ended":\#(ended),"p50_us":\#(ProcessUsage.quantile(sorted, 0.5)),"p99_us":\#(ProcessUsage.quantile(sorted, 0.99)),"max_us":\#(sorted.last ?? 0),"commits":\#(metrics.commits),"cpu_s":\#((cpu * 100).rounded() / 100),"wall_s":\#((wall * 100).rounded() / 100),"maxrss_mb":\#(ProcessUsage.now().peak)}"#
            )
        }
    }

    /// Sends chunks to every session, a task for each, as if each had a provider of its own; each carries the time of its
    /// sending.
    private func feed(_ sessions: [StreamSession]) async {
        let pause = Duration.seconds(1) / rate
        let start = ContinuousClock.now
        await withDiscardingTaskGroup { group in
            for (index, session) in sessions.enumerated() {
                group.addTask {
                    await session.record([.started(ResponseStart()), .blockStarted(BlockStart(block: 0, kind: .text))])
                    // Not all at the same moment.
                    let first = start + pause * index / sessions.count
                    for number in 0..<rate * seconds {
                        try? await Task.sleep(until: first + pause * number, tolerance: .zero)
                        await session.record([.delta(block: 0, text: "\(ProcessUsage.microseconds()) \(Fixture.words[number % Fixture.words.count])")])
                    }
                    await session.record([.blockEnded(block: 0), .end(StreamEnd(.stop))])
                }
            }
        }
    }

    private func read(_ session: StreamSession, _ delays: Delays) async {
        var (deltas, hasEnded) = (0, false)
        var own: [Int] = []
        // With coalescing the deltas of a moment come as one: each still begins with its time.
        for await update in session.updates(from: 0, coalescing: isCoalesced ? nil : .zero) {
            let now = ProcessUsage.microseconds()
            guard case .events(let events, _) = update else { continue }
            for event in events {
                switch event {
                case .delta(_, let text):
                    var isFirst = true
                    for word in text.split(separator: " ") {
                        guard let sent = Int(word) else { continue }
                        deltas += 1
                        if isFirst, deltas % 8 == 1 || !isCoalesced { own.append(now - sent) }
                        isFirst = false
                    }
                case .end: hasEnded = true
                default: break
                }
            }
        }
        delays.add(own, deltas: deltas, hasEnded: hasEnded)
    }
}

/// What the readers saw.
final class Delays: Sendable {
    private let state = Mutex((delays: [Int](), deltas: 0, ended: 0))

    func add(_ delays: [Int], deltas: Int, hasEnded: Bool) {
        state.withLock { state in
            state.delays += delays
            state.deltas += deltas
            state.ended += hasEnded ? 1 : 0
        }
    }

    var all: (sorted: [Int], deltas: Int, ended: Int) { state.withLock { ($0.delays.sorted(), $0.deltas, $0.ended) } }
}
