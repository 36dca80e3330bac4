import Glibc
import Synchronization

/// What signals mean in a chat: Ctrl-C stops the answer, or clears the line; SIGTERM and SIGHUP stop the answer and end
/// the chat; a second one of those ends the program at once.
final class ChatSignals: Sendable {
    private struct State {
        /// Stops what runs.
        var stop: (@Sendable () -> Void)?
        var isStopped = false
        /// Another program has the terminal, and Ctrl-C is meant for it.
        var isAway = false
        /// The signal that ends the chat.
        var ending: Int32?
    }

    static let numbers = [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP]

    let wake: Wake
    private let state = Mutex(State())

    init() throws { wake = try Wake() }

    /// The signal that ends the chat, once there was one.
    var ending: Int32? { state.withLock { $0.ending } }

    func receive(_ number: Int32) {
        switch number {
        case SIGINT: interrupt()
        case SIGWINCH: wake(.resize)
        case SIGTSTP: TerminalMode.suspend { wake(.redraw) }
        default: end(number)
        }
    }

    private func interrupt() {
        enum Meaning { case nothing, stop(@Sendable () -> Void), line }
        let meaning: Meaning = state.withLock { state in
            if state.isAway || state.isStopped && state.stop != nil { return .nothing }
            guard let stop = state.stop else { return .line }
            state.isStopped = true
            return .stop(stop)
        }
        switch meaning {
        case .nothing: break
        case .stop(let stop): stop()
        case .line: wake(.interrupt)
        }
    }

    private func end(_ number: Int32) {
        let (isSecond, stop) = state.withLock { state in
            defer { state.ending = number }
            return (state.ending != nil, state.stop)
        }
        if isSecond { ExitStatus(code: 128 + number).exit() }
        Signals.received.store(number, ordering: .relaxed)
        stop?()
        wake(.end)
    }

    /// Runs what Ctrl-C stops, once however often it is pressed.
    /// - Returns: what the body gives, and whether it was stopped.
    func stopping<Result>(
        _ stop: @escaping @Sendable () -> Void, _ body: () async throws -> Result
    ) async rethrows -> (Result, isStopped: Bool) {
        let isEnding = state.withLock { state in
            state.stop = stop
            state.isStopped = false
            return state.ending != nil
        }
        if isEnding { stop() }
        defer { state.withLock { $0.stop = nil } }
        let result = try await body()
        return (result, state.withLock { $0.isStopped })
    }

    /// Runs what Ctrl-C cancels.
    func cancelling<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let task = Task { try await body() }
        return try await stopping({ task.cancel() }) { try await task.value }.0
    }

    /// Runs while another program has the terminal.
    func away<Result>(_ body: () throws -> Result) rethrows -> Result {
        state.withLock { $0.isAway = true }
        defer { state.withLock { $0.isAway = false } }
        return try body()
    }
}
