public import LAICore

/// Decides when a reader gets the next events, and joins those that came meanwhile.
///
/// The first delivery is at once, then there is at most one in each interval however fast events come, and the last is
/// at once. Adjacent deltas of a block become one; nothing is dropped.
public struct ChunkProcessor: Sendable {
    /// The least time between two deliveries.
    public let interval: Duration
    private var pending: [StreamEvent] = []
    private var lastDelivery: ContinuousClock.Instant?

    public init(interval: Duration) { self.interval = interval }

    /// When events may be delivered next; nil for at once.
    public var due: ContinuousClock.Instant? { lastDelivery.map { $0 + interval } }

    /// Whether events that are there at this moment are to wait.
    public func waits(at now: ContinuousClock.Instant) -> Bool { due.map { now < $0 } ?? false }

    /// Takes events.
    /// - Returns: what is to be delivered now; nil while it is to wait until ``due``.
    public mutating func process(_ events: [StreamEvent], at now: ContinuousClock.Instant) -> [StreamEvent]? {
        pending = pending.isEmpty ? events : pending + events
        if case .end? = pending.last { return flush(at: now) }
        return waits(at: now) || pending.isEmpty ? nil : flush(at: now)
    }

    /// Gives everything that waits, joined.
    public mutating func flush(at now: ContinuousClock.Instant) -> [StreamEvent] {
        lastDelivery = now
        defer { pending = [] }
        return interval == .zero ? pending : ChunkProcessor.joined(pending)
    }

    /// The same events, with adjacent deltas of one block in one.
    public static func joined(_ events: [StreamEvent]) -> [StreamEvent] {
        var result: [StreamEvent] = []
        var open: (block: Int, text: String)?
        for event in events {
            if case .delta(let block, let text) = event {
                if open?.block == block {
                    open!.text += text
                } else {
                    if let open { result.append(.delta(block: open.block, text: open.text)) }
                    open = (block, text)
                }
            } else {
                if let open { result.append(.delta(block: open.block, text: open.text)) }
                open = nil
                result.append(event)
            }
        }
        if let open { result.append(.delta(block: open.block, text: open.text)) }
        return result
    }
}
