public import LAICore
public import LAILocal

/// The small model on this machine: a provider that starts its server when it is asked, and needs no key.
public struct LocalProvider: Provider {
    public let server: LocalServer
    /// Called while the model loads, with the time waited so far.
    public var onLoading: @Sendable (Duration) -> Void = { _ in }

    /// The clocks of its requests.
    public var timeouts = Timeouts.patient

    public var id: String { "local" }
    public var isOnThisMachine: Bool { true }
    /// The local server's chat goes on with an answer that ends the messages.
    public func continuesAnswers(of request: ChatRequest) -> Bool { true }

    public init(server: LocalServer) { self.server = server }

    public func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        ChatStream(promptBytes: request.promptBytes) {
            let hasImage = request.messages.contains { $0.parts.contains { if case .image = $0 { true } else { false } } }
            if hasImage {
                return FailedSource(LAIError(.unsupported, "The local models take text only, no pictures.", provider: id))
            }
            return LocalSource(self, request, options)
        }
    }

    /// The models that were set up.
    public func models() async throws -> [ModelInfo] {
        LocalModel.catalogue.filter(server.store.isSetUp).map { model in
            ModelInfo(
                id: model.id, displayName: model.title, contextLength: server.configuration.contextSize, abilities: [.chat])
        }
    }

    func model(named name: String) throws(LAIError) -> LocalModel {
        if let model = LocalModel.named(name) { return model }
        let names = LocalModel.catalogue.map(\.id).joined(separator: ", ")
        throw LAIError(.notFound, "There is no local model “\(name)”; there are \(names).", provider: id)
    }

    /// The running server as a provider, started if need be.
    func running(_ name: String) async throws -> WireProvider {
        let model = try model(named: name)
        let endpoint = try await server.ensureRunning(model: model, onWaiting: onLoading)
        return WireProvider(
            Endpoint(
                id: id, dialect: .openAIChat, baseURL: endpoint.baseURL, apiKey: endpoint.apiKey, quirks: .llamaCPP,
                timeouts: timeouts))
    }
}
