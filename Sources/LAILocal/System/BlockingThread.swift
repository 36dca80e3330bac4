import Glibc
import LAICore
import Synchronization

/// Says to blocking work that its task was cancelled. The work asks at every wait, and cleans up after itself.
package final class Cancellation: Sendable {
    private let cancelled = Atomic<Bool>(false)

    package var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }

    /// Throws `CancellationError` once the task is cancelled.
    func check() throws {
        if isCancelled { throw CancellationError() }
    }
}

/// Runs blocking work on a thread of its own, so that it never holds up the cooperative pool.
///
/// It returns only when the work has ended, cancelled or not: whatever the work started is over by then.
package func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
            do {
                try startThread { continuation.resume(with: Result { try work(cancellation) }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    } onCancel: {
        cancellation.cancel()
    }
}

/// Starts a detached thread that runs `body` and ends.
func startThread(_ body: @escaping @Sendable () -> Void) throws {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread,
        nil,
        { pointer in
            guard let pointer else { return nil }
            Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
        },
        box.toOpaque()
    )
    guard code == 0 else {
        box.release()
        throw systemError("LAI cannot start a thread", code)
    }
    pthread_detach(thread)
}
