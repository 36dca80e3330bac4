import ArgumentParser
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
            let models = try await session.factory.provider(provider).models()
            return show(models, of: provider)
        }
        var isEmpty = true
        for (id, probe) in await session.probeAll() {
            if let models = probe.models, !models.isEmpty {
                isEmpty = false
                show(models, of: id)
            } else if let error = probe.error, session.isSetUp(id) {
                Terminal.remark(error.message)
            }
        }
        if isEmpty { Terminal.remark("No provider is set up: `lai local setup`, a key in the environment, or Ollama.") }
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
