import LAICore
import Synchronization

/// Keeps what a stream received, and lets a test wait until so much of it came.
final class ByteLog: ResponseRecorder {
    private struct State {
        var bytes: [UInt8] = []
        var heads: [(status: Int, headers: [(String, String)])] = []
        var errors: [LAIError?] = []
        var waiter: (count: Int, continuation: CheckedContinuation<Void, Never>)?
        var isWaitingOver = false
    }

    private let state = Mutex(State())

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var statuses: [Int] { state.withLock { $0.heads.map(\.status) } }
    var headerText: String { state.withLock { state in state.heads.flatMap(\.headers).map { "\($0.0): \($0.1)" }.joined(separator: "\n") } }
    var errors: [LAIError?] { state.withLock { $0.errors } }

    func begin(attempt: Int, status: Int, headers: [(String, String)]) {
        state.withLock { $0.heads.append((status, headers)) }
    }

    func receive(_ bytes: UnsafeRawBufferPointer, elapsed: Duration) {
        let waiter = state.withLock { state in
            state.bytes += bytes
            guard let waiter = state.waiter, state.bytes.count >= waiter.count else { return nil as CheckedContinuation<Void, Never>? }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    func end(error: LAIError?) { state.withLock { $0.errors.append(error) } }

    /// Waits until `count` bytes came. One task may wait.
    func wait(for count: Int) async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.bytes.count >= count || state.isWaitingOver { return true }
                    state.waiter = (count, continuation)
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.isWaitingOver = true
                defer { state.waiter = nil }
                return state.waiter?.continuation
            }
            waiter?.resume()
        }
        try Task.checkCancellation()
    }
}
