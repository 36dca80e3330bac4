import ArgumentParser
import LAILocal
import LAIProviders
import LAISettings

/// `lai providers`
struct Providers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the providers: what is set up, where each key comes from, whether it answers.")

    @Flag(help: "Print JSON, an object a line.")
    var json = false

    func run() async throws {
        let session = try Session()
        let probes = await session.probeAll()
        var rows = [["PROVIDER", "DIALECT", "KEY", "ADDRESS", "ANSWERS"]]
        for id in session.factory.ids where id != "mock" {
            let probe = probes.first { $0.id == id }?.probe
            let description = try? session.factory.describe(id)
            let key = description.map(Providers.keyText) ?? "none needed"
            rows.append([
                id, description?.dialect.rawValue ?? "", key, description?.baseURL ?? "this machine",
                Providers.answer(probe, key: key),
            ])
            if json { Terminal.out(Providers.object(id, description, probe).text + "\n") }
        }
        if !json { Terminal.out(Table.text(rows)) }
    }

    private static func keyText(_ description: ProviderDescription) -> String {
        description.key?.source ?? (description.needsKey ? "missing" : "none needed")
    }

    private static func answer(_ probe: Probe?, key: String) -> String {
        guard let probe else { return key == "missing" ? "not asked" : "no" }
        if let models = probe.models { return "yes, \(Duration.short(probe.duration)), \(models.count) models" }
        return "no: \(probe.error?.message ?? "")"
    }

    private static func object(_ id: String, _ description: ProviderDescription?, _ probe: Probe?) -> JSONValue {
        [
            "provider": .string(id), "dialect": .optional(description?.dialect.rawValue),
            "base_url": .optional(description?.baseURL), "key_source": .optional(description?.key?.source),
            "needs_key": .bool(description?.needsKey ?? false), "answers": probe.map { .bool($0.models != nil) } ?? .null,
            "milliseconds": .milliseconds(probe?.duration), "models": .optional(probe?.models?.count),
            "error": .optional(probe?.error?.message),
        ]
    }
}

extension Session {
    /// Whether a person did something for this provider to work: a key, a setting.
    func isSetUp(_ id: String) -> Bool { settings.providers[id] != nil || factory.hasKey(id) }

    /// Asks every provider that could answer, all at once: those with a key, those of the settings, those on this machine.
    func probeAll() async -> [(id: String, probe: Probe)] {
        let ids = factory.ids.filter { id in
            if id == "mock" { return false }
            guard let description = try? factory.describe(id) else { return id == "local" }
            return description.key != nil || !description.needsKey
        }
        return await withTaskGroup(of: (Int, Probe).self) { group in
            for (index, id) in ids.enumerated() {
                group.addTask {
                    do throws(LAIError) {
                        let provider = try factory.provider(id)
                        return (index, await Probe.run(provider, within: .seconds(10)))
                    } catch {
                        return (index, Probe(error: error, duration: .zero))
                    }
                }
            }
            var probes: [(Int, Probe)] = []
            for await result in group { probes.append(result) }
            return probes.sorted { $0.0 < $1.0 }.map { (ids[$0.0], $0.1) }
        }
    }
}
