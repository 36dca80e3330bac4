internal import LAICore

extension Exchange {
    /// When the clock that runs out first does so, and which it is.
    private func deadline(
        _ mailbox: borrowing Mailbox
    ) -> (at: ContinuousClock.Instant, name: String, limit: Duration)? {
        let timeouts = call.timeouts
        let current: (Duration?, String)? =
            switch phase {
            case .connecting: (timeouts.connect, "connect")
            case .waitingForHead: (timeouts.head, "begin to answer")
            case .waitingForEvent: (timeouts.firstEvent, "send anything of an answer")
            // While the reader is behind, the server waits for it.
            case .streaming: mailbox.isHeldUp ? nil : (timeouts.idle, "go on")
            case .idle, .ended: nil
            }
        // A server that was held up could not send.
        let sign = max(lastLife, mailbox.resumed ?? lastLife)
        var first = current.flatMap { clock in clock.0.map { (at: sign + $0, name: clock.1, limit: $0) } }
        if let total = timeouts.total, phase != .idle, phase != .ended {
            let at = began + total
            if first.map({ at < $0.at }) ?? true { first = (at, "finish", total) }
        }
        return first
    }

    /// How long until the timer must go off, if it is not set for that, or for an earlier moment, already.
    mutating func delayToArm(_ mailbox: borrowing Mailbox, now: ContinuousClock.Instant) -> Duration? {
        guard let deadline = deadline(mailbox) else { return nil }
        if let due = timerDue, due <= deadline.at { return nil }
        timerDue = deadline.at
        return max(deadline.at - now, .zero)
    }

    /// Keeps the timer that is set.
    /// - Returns: the one to cancel: the one before, or this one when the stream has ended.
    mutating func keep(_ timer: any StreamTimer) -> (any StreamTimer)? {
        guard phase != .ended else { return timer }
        defer { self.timer = timer }
        return self.timer
    }

    /// The error of the clock that has run out, if one has. The timer is then no longer set.
    mutating func expired(_ mailbox: borrowing Mailbox, now: ContinuousClock.Instant) -> LAIError? {
        timerDue = nil
        guard let deadline = deadline(mailbox), deadline.at <= now else { return nil }
        let limit = LAIError.seconds(deadline.limit)
        return LAIError(.timeout, "\(call.provider) did not \(deadline.name) within \(limit).", provider: call.provider)
    }
}

extension LAIError {
    /// A duration as a person reads it.
    static func seconds(_ duration: Duration) -> String {
        let milliseconds = Int((duration / .milliseconds(1)).rounded())
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(Double(milliseconds / 100) / 10) s"
    }
}
