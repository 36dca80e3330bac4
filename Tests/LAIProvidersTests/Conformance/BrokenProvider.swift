import LAIProviders
import Synchronization

/// A provider that is wrong in some way: its sources and calls are what a test makes them.
struct BrokenProvider: Provider {
    var id = "broken"
    var source: @Sendable (ChatRequest) -> any EventSource
    var list: @Sendable () throws -> [ModelInfo] = { [] }
    var count: @Sendable () throws -> Int? = { nil }
    var onStream: @Sendable () -> Void = {}

    init(source: @escaping @Sendable (ChatRequest) -> any EventSource) { self.source = source }

    /// One that gives these batches, if the reader is not cancelled.
    init(_ batches: [[StreamEvent]]) { self.init { _ in BatchSource(batches) } }

    func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        onStream()
        return ChatStream { source(request) }
    }

    func models() async throws -> [ModelInfo] { try list() }
    func countTokens(_ request: ChatRequest) async throws -> Int? { try count() }
}

/// Gives batches one after another; a cancelled reader gets a stopped end in their place.
final class BatchSource: EventSource {
    private let rest: Mutex<ArraySlice<[StreamEvent]>>
    private let hearsCancelling: Bool

    init(_ batches: [[StreamEvent]], hearsCancelling: Bool = true) {
        rest = Mutex(batches[...])
        self.hearsCancelling = hearsCancelling
    }

    func next() async -> [StreamEvent]? {
        let isStopped = hearsCancelling && Task.isCancelled
        return rest.withLock { rest in
            guard let batch = rest.popFirst() else { return nil }
            if !isStopped { return batch }
            rest = []
            return [.end(StreamEnd(.stopped))]
        }
    }

    func cancel() {}
}

/// Says hello, and then nothing for ever, whoever cancels.
final class DeafSource: EventSource {
    private let hasSpoken = Mutex(false)

    func next() async -> [StreamEvent]? {
        let isFirst = hasSpoken.withLock { spoken in
            defer { spoken = true }
            return !spoken
        }
        if isFirst { return [.blockStarted(BlockStart(block: 0, kind: .text)), .delta(block: 0, text: "Hello")] }
        // The continuation is kept for ever, as a wait that nobody can break off would.
        await withUnsafeContinuation { continuation in DeafSource.waiting.withLock { $0.append(continuation) } }
        return nil
    }

    func cancel() {}

    private static let waiting = Mutex<[UnsafeContinuation<Void, Never>]>([])
}
