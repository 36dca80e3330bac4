public import LAICore

/// Whether a provider answers, and how soon.
public struct Probe: Sendable {
    /// What it offers; nil when it did not answer.
    public var models: [ModelInfo]?
    public var error: LAIError?
    public var duration: Duration

    public init(models: [ModelInfo]? = nil, error: LAIError? = nil, duration: Duration) {
        self.models = models
        self.error = error
        self.duration = duration
    }

    /// Asks for the list of models.
    /// - Throws: `CancellationError` when the task is cancelled.
    public static func run(
        _ provider: any Provider, within limit: Duration, clock: any RouterClock = SystemRouterClock()
    ) async throws -> Probe {
        let start = clock.now
        let result = await withTaskGroup(of: Result<[ModelInfo], LAIError>.self) { group in
            group.addTask {
                do { return .success(try await provider.models()) } catch {
                    return .failure(error as? LAIError ?? LAIError(.connection, "\(provider.id) did not answer: \(error).", provider: provider.id))
                }
            }
            group.addTask {
                do { try await clock.sleep(for: limit) } catch {}
                return .failure(LAIError(.timeout, "\(provider.id) did not answer in time.", provider: provider.id))
            }
            defer { group.cancelAll() }
            return await group.next()!
        }
        try Task.checkCancellation()
        let duration = clock.now - start
        switch result {
        case .success(let models): return Probe(models: models, duration: duration)
        case .failure(let error): return Probe(error: error, duration: duration)
        }
    }
}
