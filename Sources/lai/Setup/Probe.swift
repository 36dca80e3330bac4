import LAIProviders

/// Whether a provider answers, and how soon.
struct Probe {
    var models: [ModelInfo]?
    var error: LAIError?
    var duration: Duration

    /// Asks for the list of models.
    static func run(_ provider: any Provider, within limit: Duration) async -> Probe {
        let start = ContinuousClock.now
        let result = await withTaskGroup(of: Result<[ModelInfo], LAIError>.self) { group in
            group.addTask {
                do { return .success(try await provider.models()) } catch let error as LAIError {
                    return .failure(error)
                } catch {
                    return .failure(LAIError(.connection, "\(provider.id) did not answer: \(error)."))
                }
            }
            group.addTask {
                do { try await Task.sleep(for: limit) } catch {}
                return .failure(LAIError(.timeout, "\(provider.id) did not answer in time."))
            }
            defer { group.cancelAll() }
            return await group.next()!
        }
        let duration = ContinuousClock.now - start
        switch result {
        case .success(let models): return Probe(models: models, duration: duration)
        case .failure(let error): return Probe(error: error, duration: duration)
        }
    }
}
