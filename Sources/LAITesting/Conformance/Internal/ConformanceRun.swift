import LAICore

/// One run of the suite over one provider. Each check gives the sentences of what was broken.
struct ConformanceRun: Sendable {
    let suite: ProviderConformance
    let provider: any Provider

    static let question = "Say hello, in one short sentence."

    func request(_ question: String = ConformanceRun.question, model: String? = nil) -> ChatRequest {
        var request = ChatRequest(model: model ?? suite.model, question)
        suite.configure(&request)
        return request
    }

    func stream(_ question: String = ConformanceRun.question, model: String? = nil) -> ChatStream {
        provider.stream(request(question, model: model))
    }

    /// Reads a stream to its end and beyond.
    func read(_ stream: ChatStream) async -> EventPromises {
        let read = await bounded(by: suite.patience) { await EventPromises(reading: stream) }
        if let read { return read }
        var none = EventPromises()
        none.fail("An answer has no end within \(suite.patience).")
        return none
    }

    /// What an end must not hold.
    func leaks(_ end: StreamEnd?, _ events: [StreamEvent] = []) -> [String] {
        var broken = end?.error.map(leaks) ?? []
        guard let secret = suite.secret else { return broken }
        for case .warning(let warning) in events where warning.message.contains(secret) {
            broken.append("A warning holds the API key.")
        }
        return broken
    }

    func leaks(_ error: any Error) -> [String] {
        guard let secret = suite.secret else { return [] }
        var texts = ["\(error)", String(reflecting: error)]
        if let error = error as? LAIError {
            texts += [error.message, error.providerMessage, error.providerType, error.providerCode, error.requestID]
                .compactMap(\.self)
            if let cause = error.cause { texts += ["\(cause)", String(reflecting: cause)] }
        }
        return texts.contains { $0.contains(secret) } ? ["An error holds the API key."] : []
    }
}
