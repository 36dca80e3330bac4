internal import LAICore
internal import Synchronization

/// Starts the local server, then is the server's stream. A server that idled away in between is started once more.
final class LocalSource: EventSource {
    private struct State {
        var starting: Task<WireProvider, any Error>?
        var source: (any EventSource)?
        var isCancelled = false
        var isDelivered = false
        var isEnded = false
    }

    private let provider: LocalProvider
    private let request: ChatRequest
    private let options: CallOptions
    private let state = Mutex(State())

    init(_ provider: LocalProvider, _ request: ChatRequest, _ options: CallOptions) {
        self.provider = provider
        self.request = request
        self.options = options
    }

    func next() async -> [StreamEvent]? {
        if state.withLock({ $0.isEnded }) { return nil }
        do {
            let batch = try await source().next()
            if state.withLock({ $0.isDelivered }) { return batch }
            state.withLock { $0.isDelivered = true }
            guard case .end(let end)? = batch?.last, end.error?.code == .connection else { return batch }
            state.withLock { $0.source = nil }
            return try await source().next()
        } catch {
            return [failedEnd(error)]
        }
    }

    func cancel() {
        let (starting, source) = state.withLock { state in
            state.isCancelled = true
            return (state.starting, state.source)
        }
        starting?.cancel()
        source?.cancel()
    }

    private func source() async throws -> any EventSource {
        if let source = state.withLock({ $0.source }) { return source }
        let starting = Task { try await provider.running(request.model) }
        let isCancelled = state.withLock { state in
            state.starting = starting
            return state.isCancelled
        }
        if isCancelled { starting.cancel() }
        let running = try await withTaskCancellationHandler {
            try await starting.value
        } onCancel: {
            starting.cancel()
        }
        let source = running.source(request, options)
        let isLate = state.withLock { state in
            state.source = source
            return state.isCancelled
        }
        if isLate { source.cancel() }
        return source
    }

    private func failedEnd(_ error: any Error) -> StreamEvent {
        state.withLock { $0.isEnded = true }
        if error is CancellationError { return .end(StreamEnd(.stopped)) }
        var error = error as? LAIError ?? LAIError(.local, "The local model failed: \(error).", cause: error)
        error.provider = provider.id
        return .end(StreamEnd(.failed, error: error))
    }
}
