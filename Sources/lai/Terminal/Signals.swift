import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and its kin.
enum Signals {
    /// The signal that asked to stop.
    static let received = Atomic(SIGINT)

    /// A reader that went away shows as an error of the write, not as a signal.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Runs `body` in a task that Ctrl-C, SIGTERM and SIGHUP cancel; a second signal ends the process at once, unless
    /// it is the same one in the same moment.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let interruption = Interruption()
        return try await handling([SIGINT, SIGTERM, SIGHUP], interruption.signal) {
            let task = Task { try await body() }
            interruption.cancels { task.cancel() }
            return try await task.value
        }
    }

    /// Runs `body` while a handler gets those signals, in place of what the system does with them. A SIGHUP that the
    /// process was started to ignore stays ignored.
    static func handling<Result>(
        _ numbers: [Int32], _ handler: @escaping @Sendable (Int32) -> Void, _ body: () async throws -> Result
    ) async rethrows -> Result {
        var sources: [any DispatchSourceSignal] = []
        defer { for source in sources { source.cancel() } }
        for number in numbers where !(number == SIGHUP && isIgnored(number)) {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler { handler(number) }
            // Until the handler stands, a signal ends the process, as it should: nothing was asked yet.
            await withCheckedContinuation { continuation in
                source.setRegistrationHandler { continuation.resume() }
                source.resume()
            }
            sources.append(source)
        }
        return try await body()
    }

    /// Whether the process was started to ignore a signal, as by `nohup`.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// What a signal does: cancel at first, then end.
private final class Interruption: Sendable {
    /// The same signal twice within this is one wish: `timeout` and others send to a process and to its group.
    private static let moment: Duration = .milliseconds(300)

    private let state = Mutex<(first: (number: Int32, time: ContinuousClock.Instant)?, cancel: (@Sendable () -> Void)?)>((nil, nil))

    func signal(_ number: Int32) {
        let now = ContinuousClock.now
        let (first, cancel) = state.withLock { state in
            defer { state.first = state.first ?? (number, now) }
            return (state.first, state.cancel)
        }
        if let first {
            if number != first.number || now - first.time > Interruption.moment { ExitStatus(code: 128 + number).exit() }
            return
        }
        Signals.received.store(number, ordering: .relaxed)
        cancel?()
    }

    func cancels(_ cancel: @escaping @Sendable () -> Void) {
        let isInterrupted = state.withLock { state in
            state.cancel = cancel
            return state.first != nil
        }
        if isInterrupted { cancel() }
    }
}
