import LAICore

/// The state of one session. Its methods change it and say what is to be done once the lock is released.
struct SessionState {
    /// A reader that waits for events.
    struct Waiter {
        var continuation: CheckedContinuation<Void, Never>
        /// Until when events that come are to wait for more; nil for not at all.
        var due: ContinuousClock.Instant?
        /// Whether the moment is known to the alarm.
        var isScheduled = false
    }

    /// Who ends a stream before its time: a person, whose wish is no error, or LAI itself.
    enum Breaking { case stopped, interrupted }

    /// What a reader finds.
    enum Finding {
        case events([StreamEvent], next: Int)
        /// The events are in the journal.
        case older
        case nothing
        case finished
    }

    let began: ContinuousClock.Instant
    private(set) var tail = EventTail()
    /// All events before this one are in the journal, or in the message.
    private(set) var committed = 0
    /// What the events take that are not in the journal yet.
    private var waitingBytes = 0
    private(set) var fold = MessageBuilder()
    /// What the message so far takes.
    private(set) var messageBytes = 0
    /// What the session holds: its message, and its newest events.
    var memory: Int { messageBytes + tail.bytes }
    private(set) var metrics = StreamMetrics()
    private var reasoning = ReasoningTimer()
    private(set) var end: StreamEnd?
    private(set) var ended: ContinuousClock.Instant?
    /// Whether the message was written.
    private(set) var isWritten = false
    private(set) var start = ResponseStart()
    /// What the first warnings said; more than so many say nothing new.
    private(set) var warnings: [String] = []
    private static let maxWarnings = 20
    private(set) var lastLife: ContinuousClock.Instant
    private var waiters: [Int: Waiter] = [:]
    private var room: [CheckedContinuation<Void, Never>] = []
    /// Why it is to end before its time; nil while nobody wishes that.
    private(set) var breaking: Breaking?
    var isStopRequested: Bool { breaking != nil }

    init(now: ContinuousClock.Instant) {
        began = now
        lastLife = now
    }

    // MARK: Recording

    /// Takes a batch of events; what comes behind the end is none.
    /// - Parameter stream: the stream that they are of, which knows more about its end than the events say.
    /// - Returns: the readers to wake now, and the moments at which others are to be woken.
    mutating func record(
        _ events: [StreamEvent], of stream: ChatStream? = nil, now: ContinuousClock.Instant
    ) -> (wake: [CheckedContinuation<Void, Never>], later: [ContinuousClock.Instant]) {
        guard end == nil, !events.isEmpty else { return ([], []) }
        var events = events
        count(events, now)
        for (index, event) in events.enumerated() {
            fold.apply(event)
            reasoning.take(event, at: now)
            messageBytes += EventTail.content(of: event)
            switch event {
            case .started(let start): self.start = start
            case .warning(let warning): if warnings.count < SessionState.maxWarnings { warnings.append(warning.message) }
            case .usage(let usage): metrics.outputTokens = usage.outputTokens ?? metrics.outputTokens
            case .end(var last):
                if breaking == .interrupted, last.reason == .stopped {
                    last.reason = .interrupted
                    last.error = .brokeOff
                }
                if let stream {
                    stream.complete(&last, fold)
                } else if last.message.parts.isEmpty {
                    last.message = fold.message
                }
                events[index] = .end(last)
                metrics.outputTokens = last.usage?.outputTokens ?? metrics.outputTokens
                end = last
                ended = now
            default: break
            }
        }
        metrics.reasoning = reasoning.total(at: now)
        waitingBytes += tail.append(events)
        var wake: [CheckedContinuation<Void, Never>] = []
        var later: [ContinuousClock.Instant] = []
        for (reader, waiter) in waiters {
            if let due = waiter.due, due > now, end == nil {
                if !waiter.isScheduled { later.append(due) }
                waiters[reader]?.isScheduled = true
            } else {
                wake.append(waiter.continuation)
                waiters[reader] = nil
            }
        }
        return (wake, later)
    }

    private mutating func count(_ events: [StreamEvent], _ now: ContinuousClock.Instant) {
        if metrics.chunks > 0 { metrics.gaps.add(now - lastLife) }
        lastLife = now
        metrics.chunks += 1
        metrics.events += events.count
        metrics.duration = now - began
        var hasToken = false
        for case .delta(_, let text) in events {
            metrics.utf8Bytes += text.utf8.count
            hasToken = true
        }
        if hasToken, metrics.firstToken == nil { metrics.firstToken = now - began }
    }

    /// - Returns: nil when this is not the first wish to end it, or nothing runs; else those who wait for room, which a
    ///   stream that is about to end needs no more.
    mutating func request(_ wish: Breaking) -> [CheckedContinuation<Void, Never>]? {
        guard breaking == nil, end == nil else { return nil }
        breaking = wish
        defer { room = [] }
        return room
    }

    // MARK: Writing

    /// The events that are not in the journal yet.
    var uncommitted: [StreamEvent] { committed < tail.next ? tail.events(from: committed) : [] }

    /// - Returns: those who wait for room.
    mutating func commit(through sequence: Int, limit: Int) -> [CheckedContinuation<Void, Never>] {
        committed = max(committed, sequence)
        waitingBytes = tail.bytes(from: committed)
        return trim(limit)
    }

    mutating func markWritten(limit: Int) -> [CheckedContinuation<Void, Never>] {
        isWritten = true
        committed = tail.next
        waitingBytes = 0
        return trim(limit)
    }

    private mutating func trim(_ limit: Int) -> [CheckedContinuation<Void, Never>] {
        tail.trim(to: limit, before: committed)
        guard !isFull(limit: limit) else { return [] }
        defer { room = [] }
        return room
    }

    /// Takes out of memory what is in the journal, and in excess of the limit.
    mutating func trimTail(_ limit: Int) { tail.trim(to: limit, before: committed) }

    /// Whether so much waits for the journal that the provider has to wait as well: half of the memory.
    func isFull(limit: Int) -> Bool { end == nil && !isStopRequested && waitingBytes > limit / 2 }

    mutating func waitForRoom(_ continuation: CheckedContinuation<Void, Never>, limit: Int) -> Bool {
        guard isFull(limit: limit) else { return false }
        room.append(continuation)
        return true
    }

    // MARK: Reading

    var snapshot: StreamSnapshot {
        StreamSnapshot(message: end?.message ?? fold.message, cursor: tail.next, end: end)
    }

    func find(from cursor: Int) -> Finding {
        if cursor >= tail.next { return end == nil ? .nothing : .finished }
        if cursor < tail.first { return .older }
        return .events(tail.events(from: cursor), next: tail.next)
    }

    /// What a reader that wants to wait has to do.
    enum Waiting { case ready, waits, waitsUntil(ContinuousClock.Instant) }

    /// Lets a reader wait: for events, and then for its moment. The end comes at once.
    mutating func wait(_ reader: Int, _ waiter: Waiter, cursor: Int, now: ContinuousClock.Instant) -> Waiting {
        let hasEvents = cursor < tail.next
        if end != nil || hasEvents && waiter.due.map({ $0 <= now }) ?? true { return .ready }
        var waiter = waiter
        waiter.isScheduled = hasEvents
        waiters[reader] = waiter
        return hasEvents ? .waitsUntil(waiter.due!) : .waits
    }

    var waitingReaders: Int { waiters.count }

    mutating func leave(_ reader: Int) -> CheckedContinuation<Void, Never>? { waiters.removeValue(forKey: reader)?.continuation }

    /// The readers whose moment has come.
    mutating func takeDue(_ now: ContinuousClock.Instant) -> [CheckedContinuation<Void, Never>] {
        var due: [CheckedContinuation<Void, Never>] = []
        for (reader, waiter) in waiters where waiter.isScheduled && waiter.due! <= now {
            due.append(waiter.continuation)
            waiters[reader] = nil
        }
        return due
    }
}
