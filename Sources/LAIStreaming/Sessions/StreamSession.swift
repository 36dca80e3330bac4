public import LAICore
internal import Synchronization

/// A stream that is recorded and that any number of readers follow, each at its own pace.
///
/// Three things are kept apart: ``stop()`` closes the provider's connection, and the text stays; a reader that leaves
/// its loop detaches, and the generation goes on; a reader that is lost is one that left.
public final class StreamSession: Sendable, Identifiable {
    public let id: SessionID
    public let conversation: ConversationID
    /// The message that the stream fills.
    public let message: MessageID
    /// When it began.
    public let began = Timestamp.now

    let state: Mutex<SessionState>
    let service: StreamingService
    private let nextReader = Atomic(0)
    private let stopper = Mutex<(@Sendable () -> Void)?>(nil)
    /// Whether it is fed by hand, so that silence ends it.
    let isManual: Bool

    init(
        id: SessionID, conversation: ConversationID, message: MessageID, service: StreamingService, isManual: Bool
    ) {
        self.id = id
        self.conversation = conversation
        self.message = message
        self.service = service
        self.isManual = isManual
        state = Mutex(SessionState(now: service.now))
    }

    /// Whether the stream still runs.
    public var isActive: Bool { state.withLock { $0.end == nil } }
    /// How it ended; nil while it runs.
    public var end: StreamEnd? { state.withLock { $0.end } }
    /// The message so far, and where to go on reading.
    public var snapshot: StreamSnapshot { state.withLock { $0.snapshot } }

    public var metrics: StreamMetrics {
        let now = service.now
        return state.withLock { state in
            var metrics = state.metrics
            if state.end == nil { metrics.duration = now - state.began }
            return metrics
        }
    }

    // MARK: Recording

    /// Records a chunk: a batch of events that came together. It returns when there is room for more, which is at once
    /// unless the journal cannot be written.
    public func record(_ events: [StreamEvent]) async { await record(events, of: nil) }

    func record(_ events: [StreamEvent], of stream: ChatStream?) async {
        let now = service.now
        let limit = service.memoryPerSession
        let (wake, later) = state.withLock { state in
            state.trimTail(limit)
            return state.record(events, of: stream, now: now)
        }
        for reader in wake { reader.resume() }
        for due in later { service.alarm.set(due, self) }
        service.committer.note(self)
        // Somebody waits for what ended, and a full memory makes the provider wait.
        let (isFull, isEnded) = state.withLock { ($0.isFull(limit: limit), $0.end != nil) }
        if isFull || isEnded { service.committer.hurry() }
        if !isFull { return }
        await withCheckedContinuation { continuation in
            if !state.withLock({ $0.waitForRoom(continuation, limit: limit) }) { continuation.resume() }
        }
    }

    /// Ends a session that is fed by hand; the end of one that reads a stream comes with the stream.
    public func finish(_ end: StreamEnd) async { await record([.end(end)]) }

    /// Stops the generation: the provider's connection is closed, and what came stays.
    public func stop() { end(as: .stopped) }

    /// Ends the generation because LAI ends: the same, but nobody wished it, and the end says so.
    func interrupt() { end(as: .interrupted) }

    private func end(as wish: SessionState.Breaking) {
        guard let waiting = state.withLock({ $0.request(wish) }) else { return }
        // The provider's connection is closed at once, also while nothing can be written.
        defer { for reader in waiting { reader.resume() } }
        if isManual {
            finishNow(StreamEnd(.stopped))
        } else {
            stopper.withLock { $0 }?()
        }
    }

    /// Says how the reading of the provider's stream is broken off.
    func stops(with stop: @escaping @Sendable () -> Void) {
        stopper.withLock { $0 = stop }
        if state.withLock({ $0.isStopRequested }) { stop() }
    }

    /// Ends the session where nothing else will.
    func finishNow(_ end: StreamEnd) {
        let now = service.now
        let (wake, _) = state.withLock { $0.record([.end(end)], now: now) }
        for reader in wake { reader.resume() }
        service.committer.note(self)
    }

    // MARK: Reading

    /// The stream from a cursor on: first what is missing, then what comes, until the end.
    /// - Parameters:
    ///   - cursor: the sequence number of the first event that is wanted; nil begins with a snapshot, and so does one
    ///     that the stream has not reached: it is of a time before a crash.
    ///   - coalescing: the least time between two deliveries; nil takes the service's.
    public func updates(from cursor: Int? = nil, coalescing: Duration? = nil) -> StreamUpdates {
        let reader = nextReader.wrappingAdd(1, ordering: .relaxed).newValue
        let next = state.withLock { $0.tail.next }
        return StreamUpdates(
            session: self, reader: reader, cursor: cursor.flatMap { $0 <= next ? max(0, $0) : nil },
            coalescing: coalescing ?? service.configuration.coalescing)
    }

    /// Waits for events behind a cursor, and for a moment.
    func wait(_ reader: Int, cursor: Int, due: ContinuousClock.Instant?) async {
        let now = service.now
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = SessionState.Waiter(continuation: continuation, due: due)
                switch state.withLock({ $0.wait(reader, waiter, cursor: cursor, now: now) }) {
                case .ready: continuation.resume()
                case .waits: if Task.isCancelled { leave(reader) }
                case .waitsUntil(let due):
                    service.alarm.set(due, self)
                    if Task.isCancelled { leave(reader) }
                }
            }
        } onCancel: {
            leave(reader)
        }
    }

    private func leave(_ reader: Int) { state.withLock { $0.leave(reader) }?.resume() }

    func wakeDue(_ now: ContinuousClock.Instant) {
        for reader in state.withLock({ $0.takeDue(now) }) { reader.resume() }
    }
}
