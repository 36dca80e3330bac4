import ArgumentParser
import LAIChat
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
        let probes = await Spinner.during("asking the providers") { await session.probeAll() }
        var rows = [["PROVIDER", "KEY", "ANSWERS", "ADDRESS"]]
        var problems: [String] = []
        for id in session.factory.ids where id != "mock" {
            let probe = probes.first { $0.id == id }?.probe
            let description = try? session.factory.describe(id)
            if json {
                Terminal.out(Providers.object(id, description, probe).text + "\n")
                continue
            }
            let isLocal = id == "local" && description == nil
            rows.append([
                id, isLocal ? "none needed" : Providers.keyText(description), Providers.answer(probe, isLocal: isLocal),
                isLocal ? "this machine" : description.map { WebAddress.shown($0.baseURL) } ?? "",
            ])
            if let error = probe?.error, session.isSetUp(id) { problems.append(error.message) }
        }
        Terminal.out(Table.text(json ? [] : rows))
        for problem in problems { Terminal.complain(problem) }
    }

    private static func keyText(_ description: ProviderDescription?) -> String {
        guard let description else { return "?" }
        return description.key?.source ?? (description.needsKey ? "missing" : "none needed")
    }

    private static func answer(_ probe: Probe?, isLocal: Bool) -> String {
        guard let probe else { return "not asked" }
        guard let models = probe.models else { return "no" }
        if isLocal, models.isEmpty { return "not set up" }
        return "yes, \(Duration.short(probe.duration)), \(models.count) model\(models.count == 1 ? "" : "s")"
    }

    private static func object(_ id: String, _ description: ProviderDescription?, _ probe: Probe?) -> JSONValue {
        [
            "provider": .string(id), "dialect": .optional(description?.dialect.rawValue),
            "base_url": .optional(description.map { WebAddress.shown($0.baseURL) }), "key_source": .optional(description?.key?.source),
            "needs_key": .bool(description?.needsKey ?? false), "answers": probe.map { .bool($0.models != nil) } ?? .null,
            "milliseconds": .milliseconds(probe?.duration), "models": .optional(probe?.models?.count),
            "error": .optional(probe?.error?.message),
        ]
    }
}

extension Session {
    /// Whether a person did something for this provider to work: a key, a setting.
    func isSetUp(_ id: String) -> Bool { settings.providers[id] != nil || factory.hasKey(id) }

    /// Asks every provider that could answer, all at once: those with a key, those on this machine, and those of the
    /// settings, which say what they lack.
    /// - Parameter staysHere: whether those elsewhere are left out.
    func probeAll(staysHere: Bool = false) async -> [(id: String, probe: Probe)] {
        let ids = factory.ids.filter { id in
            if staysHere, (try? factory.provider(id))?.isOnThisMachine != true { return false }
            if settings.providers[id] != nil { return true }
            if id == "mock" { return false }
            guard let description = try? factory.describe(id) else { return id == "local" }
            return description.key != nil || !description.needsKey
        }
        return await withTaskGroup(of: (Int, Probe).self) { group in
            for (index, id) in ids.enumerated() {
                group.addTask {
                    do {
                        return (index, try await Probe.run(try factory.provider(id), within: .seconds(10)))
                    } catch {
                        return (index, Probe(error: error as? LAIError ?? LAIError(.stopped, "\(id) was not asked to the end."), duration: .zero))
                    }
                }
            }
            var probes: [(Int, Probe)] = []
            for await result in group { probes.append(result) }
            return probes.sorted { $0.0 < $1.0 }.map { (ids[$0.0], $0.1) }
        }
    }
}
