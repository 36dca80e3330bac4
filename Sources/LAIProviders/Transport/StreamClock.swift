internal import NIOCore

/// The time by which streams are watched. Tests put a clock of their own in its place and need not wait.
public protocol StreamClock: Sendable {
    var now: ContinuousClock.Instant { get }
    /// Runs `action` once, after `delay`, unless the timer is cancelled first.
    func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> any StreamTimer
}

/// An action that is due later.
public protocol StreamTimer: Sendable {
    func cancel()
}

/// The machine's own clock, with its timers on an event loop.
struct SystemStreamClock: StreamClock {
    let eventLoop: any EventLoop

    var now: ContinuousClock.Instant { .now }

    func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> any StreamTimer {
        Timer(scheduled: eventLoop.scheduleTask(in: TimeAmount(delay), action))
    }

    private struct Timer: StreamTimer {
        let scheduled: Scheduled<Void>
        func cancel() { scheduled.cancel() }
    }
}

extension StreamClock {
    /// Waits; returns early when the task is cancelled.
    func sleep(for delay: Duration) async {
        let wait = Wait()
        let timer = schedule(after: delay) { wait.finish() }
        await withTaskCancellationHandler {
            await wait.value()
        } onCancel: {
            wait.finish()
        }
        timer.cancel()
    }
}
