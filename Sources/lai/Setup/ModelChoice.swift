import LAICore
import LAILocal
import LAIProviders
import LAISettings

/// Which model answers, and why.
struct ModelChoice {
    let provider: any Provider
    let providerID: String
    let model: String
    /// Why it was taken, when nobody named it.
    let reason: String?

    var name: String { "\(providerID)/\(model)" }

    /// Chooses: what the command line names, else the configuration, else the first of a key in the environment, a
    /// running Ollama, the local model.
    static func make(named name: String?, in session: Session) async throws -> ModelChoice {
        if let name { return try resolve(name, in: session, reason: nil) }
        if let name = session.settings.defaultModel { return try resolve(name, in: session, reason: nil) }
        for (id, model) in DefaultModels.remote {
            // A key file that cannot be read is told, not passed over for another provider's model.
            guard let key = try session.factory.describe(id).key else { continue }
            let chosen = session.settings.providers[id]?.defaultModel ?? model
            let isFile = session.environment[key.source] == nil
            return try resolve("\(id)/\(chosen)", in: session, reason: isFile ? "its key is in \(key.source)" : "\(key.source) is set")
        }
        if let model = await runningOllamaModel(session) {
            return try resolve("ollama/\(model)", in: session, reason: "Ollama is running")
        }
        let local = try session.localModel
        if session.localServer.store.isSetUp(local) {
            return try resolve("local/\(local.id)", in: session, reason: "no key and no Ollama was found")
        }
        throw LAIError(
            .configuration,
            "There is no model to ask yet: run `lai local setup` for a small one that needs no key, set a key such as OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama.")
    }

    /// An alias, `provider/model`, or a provider that has a default model.
    static func resolve(_ name: String, in session: Session, reason: String?) throws -> ModelChoice {
        var name = name
        if !name.contains("/"), session.settings.aliases[name] == nil {
            if let model = session.settings.providers[name]?.defaultModel {
                name = "\(name)/\(model)"
            } else if name == "local" {
                name = "local/\(try session.localModel.id)"
            } else if let model = DefaultModels.remote.first(where: { $0.id == name })?.model {
                name = "\(name)/\(model)"
            } else {
                let isProvider = session.factory.ids.contains(name)
                throw LAIError(
                    .configuration,
                    isProvider
                        ? "“\(name)” names a provider but no model: write \(name)/MODEL; `lai models \(name)` lists them."
                        : "“\(name)” is no model: write provider/model, as in openai/gpt-5-mini, or an alias of the configuration.")
            }
        }
        let reference = try session.settings.model(named: name)
        let (provider, model) = try session.factory.provider(forModel: "\(reference.provider)/\(reference.model)")
        return ModelChoice(provider: provider, providerID: reference.provider, model: model, reason: reason)
    }

    /// The configured model of an Ollama that answers within a moment, or its first one that can chat.
    private static func runningOllamaModel(_ session: Session) async -> String? {
        guard let ollama = try? session.factory.provider("ollama"),
            let models = await Probe.run(ollama, within: .seconds(2)).models
        else { return nil }
        if let model = session.settings.providers["ollama"]?.defaultModel { return model }
        return models.first { $0.abilities?.contains(.chat) ?? true }?.id
    }
}

/// The model of each provider that is asked when only its key is known: able, quick and not dear.
enum DefaultModels {
    static let remote: [(id: String, model: String)] = [
        ("anthropic", "claude-sonnet-4-5"),
        ("openai", "gpt-5-mini"),
        ("gemini", "gemini-2.5-flash"),
        ("openrouter", "openrouter/auto"),
        ("groq", "llama-3.3-70b-versatile"),
        ("deepseek", "deepseek-chat"),
        ("mistral", "mistral-small-latest"),
        ("xai", "grok-4-fast"),
        ("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
    ]
}
