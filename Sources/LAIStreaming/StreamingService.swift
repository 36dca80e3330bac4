public import LAICore
internal import Synchronization

/// Runs streams, many at once: each is recorded in a journal as it comes and can be followed by any number of readers.
///
/// ```swift
/// try await StreamingService.withService(journal: journal) { service in
///     let session = try service.start(stream, conversation: conversation, message: message)
///     for await update in session.updates() { … }
/// }
/// ```
public final class StreamingService: Sendable {
    private struct Job: Sendable {
        var session: StreamSession
        var stream: ChatStream
    }

    private struct State {
        var sessions: [SessionID: StreamSession] = [:]
        var counts = ServiceMetrics()
        var isClosing = false
    }

    public let configuration: StreamingConfiguration
    let journal: any StreamJournal
    let committer: Committer
    let alarm = Alarm()
    private let state = Mutex(State())
    /// What the messages of all sessions took when that was looked at last.
    private let messageBytes = Atomic(0)
    private let jobs: AsyncStream<Job>
    private let newJob: AsyncStream<Job>.Continuation

    private init(journal: any StreamJournal, configuration: StreamingConfiguration) {
        self.journal = journal
        self.configuration = configuration
        committer = Committer(journal: journal, configuration)
        (jobs, newJob) = AsyncStream.makeStream()
    }

    var now: ContinuousClock.Instant { .now }

    /// Runs a service for as long as the body runs. At its end the streams that still run are `interrupted`, with all that
    /// came, or `stopped` when the task was cancelled; and everything is written.
    public static func withService<Result>(
        journal: any StreamJournal, configuration: StreamingConfiguration = StreamingConfiguration(),
        _ body: (StreamingService) async throws -> Result
    ) async rethrows -> Result {
        let service = StreamingService(journal: journal, configuration: configuration)
        async let running: Void = service.run()
        do {
            let result = try await body(service)
            service.shutDown()
            await running
            return result
        } catch {
            service.shutDown()
            await running
            throw error
        }
    }

    // MARK: Sessions

    /// Starts to read a stream, and to record it.
    /// - Throws: ``LAIError`` with the code `file` while the journal cannot be written: nothing was sent then.
    public func start(
        _ stream: ChatStream, id: SessionID = SessionID(), conversation: ConversationID, message: MessageID
    ) throws -> StreamSession {
        let session = try add(StreamSession(id: id, conversation: conversation, message: message, service: self, isManual: false))
        newJob.yield(Job(session: session, stream: stream))
        return session
    }

    /// Creates a session that is fed by hand, with ``StreamSession/record(_:)``.
    /// - Throws: ``LAIError`` with the code `file` while the journal cannot be written.
    public func createSession(
        id: SessionID = SessionID(), conversation: ConversationID, message: MessageID
    ) throws -> StreamSession {
        try add(StreamSession(id: id, conversation: conversation, message: message, service: self, isManual: true))
    }

    /// A session that runs, or ended a short while ago.
    public func session(_ id: SessionID) -> StreamSession? { state.withLock { $0.sessions[id] } }

    /// The session that fills a message, or filled it a short while ago.
    public func session(filling message: MessageID) -> StreamSession? {
        state.withLock { state in state.sessions.values.first { $0.message == message } }
    }

    /// The sessions that run, the oldest first.
    public var activeSessions: [StreamSession] {
        state.withLock { Array($0.sessions.values) }.filter(\.isActive).sorted { $0.id < $1.id }
    }

    /// Whether a stream of the conversation runs.
    public func isActive(_ conversation: ConversationID) -> Bool { activeSessions.contains { $0.conversation == conversation } }

    /// Stops every session.
    public func stopAll() { for session in activeSessions { session.stop() } }

    /// Why nothing can be recorded at the moment; nil when all is well. After the end of a service it also tells what
    /// could not be written any more.
    public var recordingError: LAIError? { committer.error }

    public var metrics: ServiceMetrics {
        var (metrics, sessions) = state.withLock { ($0.counts, Array($0.sessions.values)) }
        for session in sessions {
            session.state.withLock { state in
                if state.end == nil { metrics.active += 1 }
                metrics.memory += state.memory
                metrics.readers += state.waitingReaders
                metrics.chunks += state.metrics.chunks
                metrics.utf8Bytes += state.metrics.utf8Bytes
            }
        }
        (metrics.commits, metrics.failedCommits) = committer.counts
        return metrics
    }

    /// A session's share of the memory for events.
    var memoryPerSession: Int {
        let count = state.withLock { $0.sessions.count }
        let left = max(configuration.memory / 4, configuration.memory - messageBytes.load(ordering: .relaxed))
        return min(configuration.sessionMemory, left / max(1, count))
    }

    private func add(_ session: StreamSession) throws -> StreamSession {
        if let error = committer.error { throw error }
        return try state.withLock { state in
            if state.isClosing { throw LAIError(.stopped, "LAI is about to end and starts nothing any more.") }
            state.sessions[session.id] = session
            state.counts.started += 1
            return session
        }
    }

    // MARK: Running

    private func run() async {
        // What was received is written, also when the task of the service is cancelled.
        let writing = Task { await committer.run { _ in self.state.withLock { $0.counts.ended += 1 } } }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.alarm.run() }
            group.addTask { await self.keepWatch() }
            await withDiscardingTaskGroup { readers in
                for await job in jobs { readers.addTask { await self.read(job) } }
            }
            group.cancelAll()
        }
        committer.close()
        await writing.value
    }

    /// Reads a stream to its end.
    private func read(_ job: Job) async {
        let session = job.session
        let reading = Task {
            for await batch in job.stream.unfolded { await session.record(batch, of: job.stream) }
        }
        session.stops { reading.cancel() }
        await withTaskCancellationHandler { await reading.value } onCancel: { reading.cancel() }
        // A stream gives an end always; a source that does not broke its promise, but the session must not hang.
        if session.isActive {
            session.finishNow(StreamEnd(.interrupted, error: LAIError(.interrupted, "The stream gave no end.")))
        }
    }

    private func shutDown() {
        state.withLock { $0.isClosing = true }
        newJob.finish()
        if Task.isCancelled { return stopAll() }
        // The newest first: what waits for the answer before it must not take its end as a sign to begin.
        for session in activeSessions.reversed() { session.interrupt() }
    }

    /// Ends what is silent, lets go what ended long ago, and hears other processes' wishes to stop.
    private func keepWatch() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: configuration.stopInterval) } catch { return }
            let now = now
            for session in state.withLock({ Array($0.sessions.values) }) { clean(session, now) }
            makeRoom()
            let active = activeSessions
            // A store that cannot be read now is asked again in a moment.
            guard !active.isEmpty, let wished = try? await journal.stopRequests(among: active.map(\.id)) else { continue }
            for id in wished { session(id)?.stop() }
        }
    }

    private func clean(_ session: StreamSession, _ now: ContinuousClock.Instant) {
        // One that is silent keeps no more than its share, which shrinks as others come.
        let limit = memoryPerSession
        let (isSilent, isOld, metrics) = session.state.withLock { state in
            state.trimTail(limit)
            return (
                session.isManual && state.end == nil && now - state.lastLife > configuration.idleTimeout,
                state.isWritten && state.ended.map { now - $0 > configuration.grace } ?? false,
                state.metrics
            )
        }
        if isSilent {
            let error = LAIError(.timeout, "Nothing came for \(configuration.idleTimeout / .seconds(1)) seconds.")
            session.finishNow(StreamEnd(.interrupted, error: error))
        }
        if isOld { letGo(session, metrics) }
    }

    /// Lets go the oldest of those whose messages were written while all hold more than they may.
    private func makeRoom() {
        let sessions = state.withLock { Array($0.sessions.values) }
        let held = sessions.map { session in session.state.withLock { ($0.memory, $0.messageBytes, $0.isWritten, $0.metrics) } }
        var memory = held.reduce(0) { $0 + $1.0 }
        var messages = held.reduce(0) { $0 + $1.1 }
        for (session, (size, message, isWritten, metrics)) in zip(sessions, held).sorted(by: { $0.0.id < $1.0.id })
        where memory > configuration.memory && isWritten {
            letGo(session, metrics)
            memory -= size
            messages -= message
        }
        messageBytes.store(messages, ordering: .relaxed)
    }

    private func letGo(_ session: StreamSession, _ metrics: StreamMetrics) {
        state.withLock { state in
            guard state.sessions.removeValue(forKey: session.id) != nil else { return }
            state.counts.chunks += metrics.chunks
            state.counts.utf8Bytes += metrics.utf8Bytes
        }
    }
}
