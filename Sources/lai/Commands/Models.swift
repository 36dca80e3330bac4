import ArgumentParser
import LAIChat
import LAIProviders

/// `lai models`
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the models that can be asked.")

    @Argument(help: "Only this provider's; without it, those of every provider that is set up.")
    var provider: String?

    @Flag(help: "Print JSON, an object a line.")
    var json = false

    func run() async throws {
        let session = try Session()
        if let provider {
            let chosen = try session.factory.provider(provider)
            let models = try await Spinner.during(provider) { try await chosen.models() }
            show(models, of: provider)
            if models.isEmpty { Terminal.remark(Models.none(of: provider)) }
            return
        }
        var isSilent = true
        for (id, probe) in await Spinner.during("asking the providers", { await session.probeAll() }) {
            if let models = probe.models, !models.isEmpty {
                show(models, of: id)
            } else if session.isSetUp(id) {
                Terminal.remark(probe.error?.message ?? Models.none(of: id))
            } else {
                continue
            }
            isSilent = false
        }
        if isSilent { Terminal.remark("No provider is set up: run `lai local setup`, set a key in the environment, or start Ollama.") }
    }

    private static func none(of provider: String) -> String {
        provider == "local" ? "The local model is not set up: run `lai local setup`." : "\(provider) lists no model."
    }

    private func show(_ models: [ModelInfo], of provider: String) {
        if json {
            for model in models { Terminal.out(Models.object(model, provider).text + "\n") }
            return
        }
        let rows = models.map { model in
            [
                "\(provider)/\(model.id)", model.contextLength.map { "\(Models.thousands($0)) tokens" } ?? "",
                (model.abilities ?? []).map(\.rawValue).sorted().joined(separator: ", "),
            ]
        }
        Terminal.out(Table.text(rows))
    }

    private static func object(_ model: ModelInfo, _ provider: String) -> JSONValue {
        [
            "model": .string("\(provider)/\(model.id)"), "name": .optional(model.displayName),
            "context_length": .optional(model.contextLength), "max_output_tokens": .optional(model.maxOutputTokens),
            "abilities": model.abilities.map { .array($0.map(\.rawValue).sorted().map { .string($0) }) } ?? .null,
        ]
    }

    private static func thousands(_ number: Int) -> String {
        number >= 1_000_000 ? "\(Double(number / 100_000) / 10)M" : number >= 1000 ? "\(number / 1000)k" : "\(number)"
    }
}
