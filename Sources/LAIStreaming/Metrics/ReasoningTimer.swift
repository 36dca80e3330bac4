internal import LAICore

/// Measures for how long a model reasons: from the beginning of what it thinks until it does something else.
struct ReasoningTimer {
    private var blocks: Set<Int> = []
    private var since: ContinuousClock.Instant?
    private var sum: Duration = .zero

    /// The time so far; nil where it never reasoned, or all that it thought came at once, which tells nothing of the time.
    func total(at now: ContinuousClock.Instant) -> Duration? {
        let total = sum + (since.map { now - $0 } ?? .zero)
        return total > .zero ? total : nil
    }

    mutating func take(_ event: StreamEvent, at now: ContinuousClock.Instant) {
        switch event {
        case .blockStarted(let start):
            if case .reasoning = start.kind { blocks.insert(start.block) }
            run(blocks.contains(start.block), now)
        case .delta(let block, _): run(blocks.contains(block), now)
        case .blockEnded(let block): if blocks.contains(block) { run(false, now) }
        case .end: run(false, now)
        default: break
        }
    }

    private mutating func run(_ reasons: Bool, _ now: ContinuousClock.Instant) {
        if reasons {
            since = since ?? now
        } else if let began = since {
            sum += now - began
            since = nil
        }
    }
}
