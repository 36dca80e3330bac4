internal import LAICore

extension HTTPStream.State {
    /// When the clock that runs out first does so, and which it is.
    private var deadline: (at: ContinuousClock.Instant, name: String, limit: Duration)? {
        let timeouts = call.timeouts
        let current: (Duration?, String)? =
            switch phase {
            case .connecting: (timeouts.connect, "connect")
            case .waitingForHead: (timeouts.head, "begin to answer")
            case .waitingForEvent: (timeouts.firstEvent, "send anything of an answer")
            // While the reader is behind, the server waits for it.
            case .streaming: demand != nil ? nil : (timeouts.idle, "go on")
            case .idle, .ended: nil
            }
        var first = current.flatMap { clock in clock.0.map { (at: lastLife + $0, name: clock.1, limit: $0) } }
        if let total = timeouts.total, phase != .idle, phase != .ended {
            let at = began + total
            if first.map({ at < $0.at }) ?? true { first = (at, "finish", total) }
        }
        return first
    }

    /// How long until the timer must go off, if it is not set for that, or for an earlier moment, already.
    mutating func delayToArm(now: ContinuousClock.Instant) -> Duration? {
        guard let deadline else { return nil }
        if let due = timerDue, due <= deadline.at { return nil }
        timerDue = deadline.at
        return max(deadline.at - now, .zero)
    }

    /// The error of the clock that has run out, if one has. The timer is then no longer set.
    mutating func expired(now: ContinuousClock.Instant) -> LAIError? {
        timerDue = nil
        guard let deadline, deadline.at <= now else { return nil }
        let limit = LAIError.seconds(deadline.limit)
        return LAIError(
            .timeout, "\(call.provider) did not \(deadline.name) within \(limit).", provider: call.provider)
    }
}

extension LAIError {
    /// A duration as a person reads it.
    static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds % 1000 == 0 { return "\(milliseconds / 1000) s" }
        return "\(Double(milliseconds / 100) / 10) s"
    }
}
