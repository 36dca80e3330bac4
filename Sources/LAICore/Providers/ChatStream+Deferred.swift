internal import Synchronization

extension ChatStream {
    /// A stream that is made when it is first read, by work that may take a while: waiting for something else to end,
    /// starting a server, choosing a provider.
    ///
    /// Stopping it before it is made cancels that work. An error that the work throws is the stream's end.
    public static func deferred(_ make: @escaping @Sendable () async throws -> ChatStream) -> ChatStream {
        let source = DeferredSource(make)
        return ChatStream(promptBytes: { source.promptBytes }) { source }.amendingEnd { source.amend(&$0, $1) }
    }
}

private final class DeferredSource: EventSource {
    private struct State {
        var making: Task<ChatStream, any Error>?
        var stream: ChatStream?
        var source: (any EventSource)?
        var isCancelled = false
        var isEnded = false
    }

    private let make: @Sendable () async throws -> ChatStream
    private let state = Mutex(State())

    init(_ make: @escaping @Sendable () async throws -> ChatStream) { self.make = make }

    var promptBytes: Int? { state.withLock { $0.stream }?.promptBytes() }

    func amend(_ end: inout StreamEnd, _ start: ResponseStart?) { state.withLock { $0.stream }?.amend?(&end, start) }

    func next() async -> [StreamEvent]? {
        if state.withLock({ $0.isEnded }) { return nil }
        do { return try await source().next() } catch {
            state.withLock { $0.isEnded = true }
            if error is CancellationError { return [.end(StreamEnd(.stopped))] }
            let error = error as? LAIError ?? LAIError(.interrupted, "The request could not be made: \(error).", cause: error)
            return [.end(StreamEnd(.failed, error: error))]
        }
    }

    func cancel() {
        let (making, source) = state.withLock { state in
            state.isCancelled = true
            return (state.making, state.source)
        }
        making?.cancel()
        source?.cancel()
    }

    private func source() async throws -> any EventSource {
        if let source = state.withLock({ $0.source }) { return source }
        let making = Task { try await make() }
        let isCancelled = state.withLock { state in
            state.making = making
            return state.isCancelled
        }
        if isCancelled { making.cancel() }
        let stream = try await withTaskCancellationHandler { try await making.value } onCancel: { making.cancel() }
        let source = stream.makeSource()
        let isLate = state.withLock { state in
            state.stream = stream
            state.source = source
            return state.isCancelled
        }
        if isLate { source.cancel() }
        return source
    }
}
