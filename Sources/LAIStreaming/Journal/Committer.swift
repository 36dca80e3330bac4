internal import LAICore
internal import Synchronization

/// Writes what all sessions received together, once in each interval: one commit, however many streams run.
///
/// A commit that fails is tried again until it succeeds; until then the events stay in memory, and when that is full,
/// the providers wait. Once it is closed it tries for a bounded time, and then says what is lost.
final class Committer: Sendable {
    private struct State {
        var waiting: [SessionID: StreamSession] = [:]
        var sleeper: CheckedContinuation<Void, Never>?
        /// Sleeps between two commits.
        var nap: Task<Void, Never>?
        /// Sleeps after a failure.
        var rest: Task<Void, Never>?
        var isUrgent = false
        /// Until when it is tried to write, once it is closed.
        var deadline: ContinuousClock.Instant?
        var isClosing: Bool { deadline != nil }
        var error: LAIError?
        var commits = 0
        var failures = 0
    }

    private static let firstPause: Duration = .milliseconds(100)
    private static let longestPause: Duration = .seconds(2)

    private let journal: any StreamJournal
    private let interval: Duration
    private let patience: Duration
    private let state = Mutex(State())

    init(journal: any StreamJournal, _ configuration: StreamingConfiguration) {
        self.journal = journal
        interval = configuration.commitInterval
        patience = configuration.shutdownPatience
    }

    /// Why the last commit failed; nil when it did not.
    var error: LAIError? { state.withLock { $0.error } }
    var counts: (commits: Int, failures: Int) { state.withLock { ($0.commits, $0.failures) } }

    /// Notes that a session has something to be written.
    func note(_ session: StreamSession) {
        state.withLock { state in
            state.waiting[session.id] = session
            defer { state.sleeper = nil }
            return state.sleeper
        }?.resume()
    }

    /// Writes at once: a provider waits for room.
    func hurry() {
        state.withLock { state in
            state.isUrgent = true
            state.nap?.cancel()
        }
    }

    /// Lets ``run(written:)`` end once everything is written, or cannot be.
    func close() {
        state.withLock { state in
            state.deadline = .now + patience
            state.nap?.cancel()
            state.rest?.cancel()
            defer { state.sleeper = nil }
            return state.sleeper
        }?.resume()
    }

    /// Writes until it is closed.
    /// - Parameter written: told of each session whose message was written.
    func run(written: (StreamSession) -> Void) async {
        var pause = Committer.firstPause
        while await hasWork() {
            let isClosing = state.withLock { $0.isClosing }
            if !isClosing { await nap() }
            let sessions = state.withLock { state in
                defer { state.waiting = [:] }
                state.isUrgent = false
                return Array(state.waiting.values)
            }
            do {
                try await write(sessions, written)
                state.withLock { state in
                    state.error = nil
                    state.commits += 1
                }
                pause = Committer.firstPause
            } catch {
                state.withLock { state in
                    state.error = error as? LAIError ?? LAIError(.file, "The journal cannot be written: \(error)", cause: error)
                    state.failures += 1
                    for session in sessions where state.waiting[session.id] == nil { state.waiting[session.id] = session }
                }
                if giveUp() { return }
                await rest(pause)
                pause = min(pause * 2, Committer.longestPause)
            }
        }
    }

    /// Waits for more to be written together, unless it is urgent.
    private func nap() async {
        let nap = state.withLock { state in
            let nap = state.isUrgent ? nil : Task { [interval] in _ = try? await Task.sleep(for: interval) }
            state.nap = nap
            return nap
        }
        await nap?.value
        state.withLock { $0.nap = nil }
    }

    /// Waits before the next attempt, unless the end comes meanwhile, which is worth one at once.
    private func rest(_ pause: Duration) async {
        let rest = state.withLock { state in
            let end = min(.now + pause, state.deadline ?? .now + pause)
            let rest = Task { _ = try? await Task.sleep(until: end) }
            state.rest = rest
            return rest
        }
        await rest.value
        state.withLock { $0.rest = nil }
    }

    /// Whether the time is over in which it is tried to write. Then the error tells what is lost.
    private func giveUp() -> Bool {
        state.withLock { state in
            guard let deadline = state.deadline, deadline <= .now else { return false }
            var loss = Loss()
            for session in state.waiting.values { loss.add(session) }
            state.error?.message += " " + loss.text
            return true
        }
    }

    private func hasWork() async -> Bool {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.waiting.isEmpty || state.isClosing { return true }
                state.sleeper = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        return state.withLock { !$0.waiting.isEmpty }
    }

    private func write(_ sessions: [StreamSession], _ written: (StreamSession) -> Void) async throws {
        var batches: [(session: StreamSession, batch: JournalBatch)] = []
        var finished: [StreamSession] = []
        for session in sessions {
            let (events, first, isEnded) = session.state.withLock { ($0.uncommitted, $0.committed, $0.end != nil) }
            if isEnded { finished.append(session); continue }
            if !events.isEmpty { batches.append((session, JournalBatch(session: session.id, first: first, events: events))) }
        }
        if !batches.isEmpty {
            try await journal.append(batches.map(\.batch))
            for (session, batch) in batches { session.committed(through: batch.first + batch.events.count) }
        }
        let ends = finished.compactMap { session in session.finished.map { (session, $0) } }
        if ends.isEmpty { return }
        try await journal.finish(ends.map(\.1))
        for (session, _) in ends {
            session.written()
            written(session)
        }
    }
}

/// What could not be written by the end.
private struct Loss {
    private var answers = 0
    private var events = 0
    private var bytes = 0

    mutating func add(_ session: StreamSession) {
        let uncommitted = session.state.withLock { $0.uncommitted }
        answers += 1
        for event in uncommitted {
            // The end is the message's, and has no text of its own.
            if case .end = event { continue }
            events += 1
            if case .delta(_, let text) = event { bytes += text.utf8.count }
        }
    }

    var text: String {
        let answers = "\(answers) answer\(answers == 1 ? "" : "s")"
        return events == 0
            ? "All text of \(answers) is kept, but not how it ended."
            : "The last of \(answers) is lost: \(bytes) bytes of text, in \(events) events."
    }
}

extension StreamSession {
    fileprivate func committed(through sequence: Int) {
        let limit = service.memoryPerSession
        for waiting in state.withLock({ $0.commit(through: sequence, limit: limit) }) { waiting.resume() }
    }

    fileprivate func written() {
        let limit = service.memoryPerSession
        for waiting in state.withLock({ $0.markWritten(limit: limit) }) { waiting.resume() }
    }

    /// The stream as it ended; nil while it runs, and once it was written.
    fileprivate var finished: FinishedStream? {
        state.withLock { state in
            guard let end = state.end, !state.isWritten else { return nil }
            var stream = FinishedStream(
                session: id, conversation: conversation, message: message, end: end, model: state.start.model, metrics: state.metrics)
            stream.provider = state.start.provider
            stream.modelAsked = state.start.modelAsked
            stream.warnings = state.warnings
            return stream
        }
    }
}
