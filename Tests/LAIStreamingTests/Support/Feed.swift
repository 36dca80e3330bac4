import LAICore
import Synchronization

/// A provider's stream that the test feeds.
final class Feed: EventSource {
    private struct State {
        var batches: [[StreamEvent]] = []
        var reader: CheckedContinuation<Void, Never>?
        var isCancelled = false
        var isEnded = false
    }

    private let state = Mutex(State())

    var stream: ChatStream { ChatStream { self } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func send(_ events: StreamEvent...) { send(events) }

    func send(_ events: [StreamEvent]) {
        state.withLock { state in
            state.batches.append(events)
            defer { state.reader = nil }
            return state.reader
        }?.resume()
    }

    func next() async -> [StreamEvent]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.batches.isEmpty || state.isCancelled || state.isEnded { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
        return state.withLock { state in
            if state.isEnded { return nil }
            if !state.batches.isEmpty {
                let batch = state.batches.removeFirst()
                if case .end? = batch.last { state.isEnded = true }
                return batch
            }
            state.isEnded = true
            return [.end(StreamEnd(.stopped))]
        }
    }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            defer { state.reader = nil }
            return state.reader
        }?.resume()
    }
}

extension [StreamEvent] {
    /// The beginning of an answer of one block of text.
    static let opening: [StreamEvent] = [.started(ResponseStart(id: "r", model: "m")), .blockStarted(BlockStart(block: 0, kind: .text))]
    static let closing: [StreamEvent] = [.blockEnded(block: 0), .end(StreamEnd(.stop))]

    static func text(_ pieces: String...) -> [StreamEvent] { pieces.map { .delta(block: 0, text: $0) } }

    /// All text of the deltas.
    var text: String {
        reduce(into: "") { text, event in if case .delta(_, let piece) = event { text += piece } }
    }
}
