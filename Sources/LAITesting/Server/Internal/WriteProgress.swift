import NIOCore
import Synchronization

/// How far the network has taken the body of one response, and whether it takes more at present.
final class WriteProgress: Sendable {
    private struct Waiter {
        var quiet: Duration
        var latch: Latch<Int?>
    }

    private struct State {
        var bytes = 0
        /// Counts the standstills, so that a timer can tell whether the one it was set for lasts.
        var standstills = 0
        var isBlocked = false
        var isFinished = false
        var waiters: [ObjectIdentifier: Waiter] = [:]
    }

    private let state = Mutex(State())
    private let eventLoop: any EventLoop
    private let onBytes: @Sendable (Int) -> Void

    /// - Parameter onBytes: told of all bytes that the network takes.
    init(eventLoop: any EventLoop, onBytes: @escaping @Sendable (Int) -> Void) {
        self.eventLoop = eventLoop
        self.onBytes = onBytes
    }

    /// The body bytes that the network has taken.
    var bytes: Int {
        state.withLock { $0.bytes }
    }

    func accepted(_ count: Int) {
        state.withLock { state in
            state.bytes += count
            state.isBlocked = false
        }
        onBytes(count)
    }

    /// A write waits for the network.
    func blocked() {
        let waiters = state.withLock { state in
            state.isBlocked = true
            state.standstills += 1
            return Array(state.waiters.values)
        }
        for waiter in waiters { watch(waiter) }
    }

    /// The connection is gone.
    func finish() {
        let waiters = state.withLock { state in
            state.isFinished = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.latch.set(nil) }
    }

    /// Waits until a write has been waiting for the network for `quiet`, and returns the bytes taken by then.
    func standstill(quiet: Duration) async throws -> Int {
        let waiter = Waiter(quiet: quiet, latch: Latch())
        let id = ObjectIdentifier(waiter.latch)
        let (isBlocked, isFinished) = state.withLock { state in
            if !state.isFinished { state.waiters[id] = waiter }
            return (state.isBlocked, state.isFinished)
        }
        defer { state.withLock { _ = $0.waiters.removeValue(forKey: id) } }
        if isFinished { throw ScriptedServerError.responseEnded }
        if isBlocked { watch(waiter) }
        guard let bytes = try await waiter.latch.value() else { throw ScriptedServerError.responseEnded }
        return bytes
    }

    /// Answers the waiter if the present standstill still lasts when its time has passed.
    private func watch(_ waiter: Waiter) {
        let standstill = state.withLock { $0.standstills }
        let answer: @Sendable () -> Void = { [self] in
            let bytes = state.withLock { $0.isBlocked && $0.standstills == standstill ? $0.bytes : nil }
            if let bytes { waiter.latch.set(bytes) }
        }
        if waiter.quiet <= .zero {
            answer()
        } else {
            eventLoop.scheduleTask(in: TimeAmount(waiter.quiet), answer)
        }
    }
}
