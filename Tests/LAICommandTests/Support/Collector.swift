import Foundation
import Glibc
import Synchronization

/// Reads a descriptor to its end on a thread of its own, and lets tests wait for what comes.
final class Collector: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isEnded = false
        var waiters: [Waiter] = []
        var nextWaiter = 0
    }

    private struct Waiter {
        var number: Int
        /// What is waited for; nil waits for the end.
        var text: [UInt8]?
        var continuation: CheckedContinuation<Void, Never>
    }

    private let state = Mutex(State())

    /// Reads what `open` gives, which may block, and closes it.
    init(_ open: @escaping @Sendable () -> Int32) {
        Thread.detachNewThread { [self] in
            let descriptor = open()
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count > 0 { append(buffer[..<count]) } else if count == 0 || errno != EINTR { break }
            }
            if descriptor >= 0 { close(descriptor) }
            end()
        }
    }

    /// What has come so far.
    var bytes: [UInt8] { state.withLock { $0.bytes } }

    /// Waits until that text has come, nothing more comes, or the task is cancelled: a test that has run out of time.
    /// - Returns: whether it came.
    func wait(for text: String) async -> Bool {
        await wait(Array(text.utf8))
        return bytes.contains(sequence: Array(text.utf8))
    }

    /// Waits for the end.
    func all() async -> [UInt8] {
        await wait(nil)
        return bytes
    }

    private func wait(_ text: [UInt8]?) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if Task.isCancelled || state.isEnded || text.map({ state.bytes.contains(sequence: $0) }) ?? false { return true }
                    state.waiters.append(Waiter(number: number, text: text, continuation: continuation))
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            for waiter in state.withLock({ $0.waiters.remove { $0.number == number } }) { waiter.continuation.resume() }
        }
    }

    private func append(_ piece: ArraySlice<UInt8>) {
        let ready = state.withLock { state in
            state.bytes += piece
            let bytes = state.bytes
            return state.waiters.remove { $0.text.map { bytes.contains(sequence: $0) } ?? false }
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    private func end() {
        let ready = state.withLock { state in
            state.isEnded = true
            return state.waiters.remove { _ in true }
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}

extension Array {
    /// Takes out what fits, and returns it.
    fileprivate mutating func remove(where fits: (Element) -> Bool) -> [Element] {
        let found = filter(fits)
        removeAll(where: fits)
        return found
    }
}

extension [UInt8] {
    func contains(sequence: [UInt8]) -> Bool {
        guard count >= sequence.count else { return false }
        return sequence.isEmpty
            || indices.dropLast(sequence.count - 1).contains { self[$0] == sequence[0] && self[$0...].starts(with: sequence) }
    }
}
