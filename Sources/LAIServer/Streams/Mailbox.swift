internal import NIOCore
internal import Synchronization

/// Hands frames from those who make them to the one who writes them. Whoever puts one in waits until the one before it
/// was taken: a reader that falls behind gets fewer and larger frames, not a queue of them.
final class Mailbox: Sendable {
    private struct State {
        var frame: ByteBuffer?
        var isClosed = false
        /// When the last frame was put in; a heartbeat is due some time after it.
        var last = ContinuousClock.now
        var taker: CheckedContinuation<ByteBuffer?, Never>?
        var putters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// When the last frame was put in; in the beginning, when it was made.
    var last: ContinuousClock.Instant { state.withLock(\.last) }

    /// Puts a frame in.
    /// - Returns: false when nobody reads any more.
    @discardableResult
    func put(_ frame: ByteBuffer) async -> Bool {
        while true {
            let outcome = state.withLock { state -> Outcome in
                if state.isClosed { return .closed }
                if let taker = state.taker {
                    state.taker = nil
                    state.last = .now
                    return .handed(taker)
                }
                if state.frame == nil {
                    state.frame = frame
                    state.last = .now
                    return .kept
                }
                return .full
            }
            switch outcome {
            case .closed: return false
            case .kept: return true
            case .handed(let taker):
                taker.resume(returning: frame)
                return true
            case .full:
                await withCheckedContinuation { continuation in
                    let isFree = state.withLock { state in
                        if state.isClosed || state.frame == nil { return true }
                        state.putters.append(continuation)
                        return false
                    }
                    if isFree { continuation.resume() }
                }
            }
        }
    }

    private enum Outcome {
        case closed, kept, full
        case handed(CheckedContinuation<ByteBuffer?, Never>)
    }

    /// The next frame; nil once it is closed and empty.
    func take() async -> ByteBuffer? {
        await withCheckedContinuation { continuation in
            let (frame, isReady, putters) = state.withLock { state -> (ByteBuffer?, Bool, [CheckedContinuation<Void, Never>]) in
                if let frame = state.frame {
                    state.frame = nil
                    defer { state.putters = [] }
                    return (frame, true, state.putters)
                }
                if state.isClosed { return (nil, true, []) }
                state.taker = continuation
                return (nil, false, [])
            }
            for putter in putters { putter.resume() }
            if isReady { continuation.resume(returning: frame) }
        }
    }

    /// Ends it: what is in it can still be taken.
    func close() {
        let (taker, putters) = state.withLock { state in
            state.isClosed = true
            defer { (state.taker, state.putters) = (nil, []) }
            return (state.taker, state.putters)
        }
        taker?.resume(returning: nil)
        for putter in putters { putter.resume() }
    }
}
