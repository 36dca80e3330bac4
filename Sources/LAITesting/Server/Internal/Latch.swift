import Synchronization

/// A value that is set once and that any number of waiters then see.
///
/// Waiters are tasks (``value()``) or event-loop code (``whenSet(_:)``). Both can be withdrawn: a task by
/// cancelling it, a callback by its token. Waiters are resumed after the lock is released.
final class Latch<Value: Sendable>: Sendable {
    private enum Waiter {
        case task(CheckedContinuation<Value, any Error>)
        case callback(@Sendable (Value) -> Void)

        func resume(_ value: Value) {
            switch self {
            case .task(let continuation): continuation.resume(returning: value)
            case .callback(let body): body(value)
            }
        }
    }

    private struct State {
        var value: Value?
        var waiters: [Int: Waiter] = [:]
        var nextToken = 0

        mutating func makeToken() -> Int {
            nextToken += 1
            return nextToken
        }
    }

    private let state = Mutex(State())

    init() {}

    /// The value, if it is set already.
    var current: Value? {
        state.withLock { $0.value }
    }

    /// Sets the value. Later calls change nothing.
    func set(_ value: Value) {
        let waiters: [Waiter] = state.withLock { state in
            guard state.value == nil else { return [] }
            state.value = value
            defer { state.waiters = [:] }
            return state.waiters.sorted { $0.key < $1.key }.map(\.value)
        }
        for waiter in waiters { waiter.resume(value) }
    }

    /// The value, once it is set.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    func value() async throws -> Value {
        let token = state.withLock { $0.makeToken() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<Value, any Error>? = state.withLock { state in
                    if let value = state.value { return .success(value) }
                    // The cancelled flag is set before the handler below runs, so a waiter that the handler
                    // came too early for is caught here.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[token] = .task(continuation)
                    return nil
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: token) }
            if case .task(let continuation) = waiter { continuation.resume(throwing: CancellationError()) }
        }
    }

    /// Calls `callback` once the value is set: at once, on this thread, if it is set already.
    ///
    /// - Returns: a token for ``forget(_:)``.
    @discardableResult
    func whenSet(_ callback: @escaping @Sendable (Value) -> Void) -> Int {
        let (token, value) = state.withLock { state in
            let token = state.makeToken()
            if state.value == nil { state.waiters[token] = .callback(callback) }
            return (token, state.value)
        }
        if let value { callback(value) }
        return token
    }

    /// Withdraws a callback that is no longer wanted.
    func forget(_ token: Int) {
        state.withLock { _ = $0.waiters.removeValue(forKey: token) }
    }
}
