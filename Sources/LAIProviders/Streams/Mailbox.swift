internal import LAICore
internal import NIOCore

/// The events that wait for the reader. It has a lock of its own, held for moments only, so that the reader never
/// waits for the decoding.
struct Mailbox {
    enum Step { case batch([StreamEvent]), wait, finished }

    private var events: [StreamEvent]
    /// Bytes decoded since the reader last took its events.
    private var unread = 0
    private var reader: CheckedContinuation<Void, Never>?
    private var demand: EventLoopPromise<Void>?
    private var hasEnd = false
    private var isDelivered = false
    /// When the server was last let go on after it had been held up.
    private(set) var resumed: ContinuousClock.Instant?

    init(_ events: [StreamEvent]) { self.events = events }

    /// Whether the server is held up until the reader comes.
    var isHeldUp: Bool { demand != nil }

    /// Puts events in.
    /// - Returns: the reader to wake.
    mutating func put(_ new: inout [StreamEvent], bytes: Int, isEnd: Bool) -> CheckedContinuation<Void, Never>? {
        if events.isEmpty {
            swap(&events, &new)
        } else {
            events.append(contentsOf: new)
            new.removeAll(keepingCapacity: true)
        }
        unread += bytes
        hasEnd = isEnd
        if events.isEmpty { return nil }
        defer { reader = nil }
        return reader
    }

    /// Holds the server up when the reader is too far behind.
    /// - Returns: what is fulfilled once it has caught up.
    mutating func holdUp(on eventLoop: any EventLoop) -> EventLoopFuture<Void>? {
        guard unread > HTTPStream.maxUnread, !hasEnd, demand == nil else { return nil }
        let promise = eventLoop.makePromise(of: Void.self)
        demand = promise
        return promise.futureResult
    }

    mutating func take(now: ContinuousClock.Instant) -> (Step, EventLoopPromise<Void>?) {
        if isDelivered { return (.finished, nil) }
        guard !events.isEmpty else { return (.wait, nil) }
        var batch: [StreamEvent] = []
        swap(&batch, &events)
        unread = 0
        isDelivered = hasEnd
        return (.batch(batch), release(now: now))
    }

    /// Lets a server that is held up go on.
    mutating func release(now: ContinuousClock.Instant) -> EventLoopPromise<Void>? {
        guard let demand else { return nil }
        self.demand = nil
        resumed = now
        return demand
    }

    /// - Returns: false when there is something to take already.
    mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard events.isEmpty, !isDelivered else { return false }
        reader = continuation
        return true
    }
}
