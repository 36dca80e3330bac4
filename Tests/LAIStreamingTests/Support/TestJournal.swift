import LAICore
import LAIStreaming
import Synchronization

/// A journal in memory that can fail, and that tells when something is written.
final class TestJournal: StreamJournal {
    struct State {
        var events: [SessionID: [StreamEvent]] = [:]
        var finished: [FinishedStream] = []
        var isBroken = false
        /// After how many more failures it works again.
        var failuresLeft: Int?
        var stops: [SessionID] = []
        var appends = 0
        var reads = 0
        var waiters: [(@Sendable (borrowing State) -> Bool, CheckedContinuation<Void, Never>)] = []
    }

    let state = Mutex(State())

    var finished: [FinishedStream] { state.withLock { $0.finished } }
    /// The events of the streams whose messages are not written.
    var running: [[StreamEvent]] { state.withLock { Array($0.events.values) } }
    var reads: Int { state.withLock { $0.reads } }

    func setBroken(_ isBroken: Bool, until failures: Int? = nil) { state.withLock { ($0.isBroken, $0.failuresLeft) = (isBroken, failures) } }
    func stop(_ session: SessionID) { state.withLock { $0.stops.append(session) } }

    func append(_ batches: [JournalBatch]) throws {
        try change { state in
            for batch in batches {
                guard state.events[batch.session, default: []].count == batch.first else { throw LAIError(.file, "A gap.") }
                state.events[batch.session, default: []] += batch.events
            }
            state.appends += 1
        }
    }

    func finish(_ streams: [FinishedStream]) throws {
        try change { state in
            for stream in streams { state.events[stream.session] = nil }
            state.finished += streams
        }
    }

    func read(_ session: SessionID, from sequence: Int, maxBytes: Int) -> [StreamEvent]? {
        state.withLock { state in
            state.reads += 1
            return state.events[session].map { Array($0.dropFirst(sequence).prefix(10)) }
        }
    }

    func stopRequests(among sessions: [SessionID]) -> [SessionID] { state.withLock { $0.stops } }

    /// Waits until something holds of what is kept.
    func wait(until condition: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isTrue = state.withLock { state in
                if condition(state) { return true }
                state.waiters.append((condition, continuation))
                return false
            }
            if isTrue { continuation.resume() }
        }
    }

    private func change(_ body: (inout State) throws -> Void) throws {
        let ready = try state.withLock { state in
            if state.failuresLeft == 0 { state.isBroken = false }
            state.failuresLeft = state.failuresLeft.map { $0 - 1 }
            if state.isBroken { throw LAIError(.file, "There is no space left.") }
            try body(&state)
            let waiters = state.waiters
            state.waiters = waiters.filter { !$0.0(state) }
            return waiters.filter { $0.0(state) }
        }
        for (_, continuation) in ready { continuation.resume() }
    }
}

/// All that a reader gets.
struct Reading: Sendable {
    var snapshots: [StreamSnapshot] = []
    var events: [StreamEvent] = []
    var deliveries = 0

    static func all(_ updates: StreamUpdates) async -> Reading {
        var reading = Reading()
        for await update in updates { reading.add(update) }
        return reading
    }

    mutating func add(_ update: StreamUpdate) {
        deliveries += 1
        switch update {
        case .snapshot(let snapshot):
            // It stands in place of what came before.
            snapshots.append(snapshot)
            events = []
        case .events(let events, _): self.events += events
        }
    }

    /// The text of the snapshot and of what followed.
    var text: String { (snapshots.last?.message.text ?? "") + events.text }
}
