import LAIChat
import LAICore
import LAILocal
import LAIProviders
import LAIServer
import LAISettings
import LAIStorage
import Synchronization

/// What the server asks of the program: by the configuration file as it is at that moment, so that a change counts at
/// once.
final class CommandHost: ServerHost {
    private let database: any ChatDatabase
    private let session: Mutex<Session>
    /// What the providers answered last; a page that opens does not wait for all of them.
    private let known = Mutex<(probes: [(id: String, probe: Probe)], time: ContinuousClock.Instant)?>(nil)

    init(session: Session, database: any ChatDatabase) {
        self.session = Mutex(session)
        self.database = database
    }

    var version: String { LAI.version }
    var makesTitles: Bool { get async { (try? Session())?.settings.titles != .words } }

    func target(named name: String?, isLocalOnly: Bool) async throws -> ChatStore.Target {
        try await ModelChoice.make(named: name, under: RouteConstraints(isLocalOnly: isLocalOnly), in: try Session()).target
    }

    func models() async -> [ModelListing] {
        guard let session = try? Session() else { return [] }
        var list = [ModelListing(name: HybridRouter.auto, provider: "", isLocal: false, note: "LAI chooses")]
        list += session.settings.aliases.sorted { $0.key < $1.key }.map { alias in
            ModelListing(name: alias.key, provider: alias.value.split(separator: "/").first.map(String.init) ?? "", isLocal: false, note: alias.value)
        }
        let probes = await probes(session)
        for (id, probe) in probes.sorted(by: { ($0.probe.models != nil ? 0 : 1) < ($1.probe.models != nil ? 0 : 1) }) {
            let isLocal = (try? session.factory.provider(id))?.isOnThisMachine == true
            for model in probe.models ?? [] { list.append(ModelListing(name: "\(id)/\(model.id)", provider: id, isLocal: isLocal)) }
            if probe.models == nil, let model = session.settings.providers[id]?.defaultModel {
                list.append(ModelListing(name: "\(id)/\(model)", provider: id, isLocal: isLocal, isReachable: false, note: probe.error?.message))
            }
        }
        return list
    }

    private func probes(_ session: Session) async -> [(id: String, probe: Probe)] {
        if let known = known.withLock({ $0 }), ContinuousClock.now - known.time < .seconds(30) { return known.probes }
        let probes = await session.probeAll()
        known.withLock { $0 = (probes, .now) }
        return probes
    }

    func providers() async -> [ProviderListing] {
        guard let session = try? Session() else { return [] }
        let probes = await probes(session)
        return session.factory.ids.filter { $0 != "mock" }.map { id in
            let description = try? session.factory.describe(id)
            return ProviderListing(
                id: id, isLocal: (try? session.factory.provider(id))?.isOnThisMachine ?? description?.isLocal ?? (id == "local"),
                keySource: description?.key?.source, needsKey: description?.needsKey ?? false,
                baseURL: description.map { WebAddress.shown($0.baseURL) }, problem: probes.first { $0.id == id }?.probe.error?.message)
        }
    }

    func test(provider: String) async throws -> [String] {
        known.withLock { $0 = nil }
        let probe = try await Probe.run(try Session().factory.provider(provider), within: .seconds(10))
        if let error = probe.error { throw error }
        return (probe.models ?? []).map(\.id)
    }

    func settings() async throws -> JSONValue { try SettingsJSON.object(of: Session()) }

    func change(settings: JSONValue) async throws -> JSONValue {
        try SettingsJSON.write(settings, to: SettingsFile(path: Session().paths.config))
        return try await self.settings()
    }

    func route(of parts: [Part], named name: String?, isLocalOnly: Bool?) async throws -> RoutePlan {
        var question = RouteQuestion(parts: parts)
        question.model = name
        question.isLocalOnly = isLocalOnly
        return try await question.plan(in: Session(), learningFrom: database)
    }

    func setKey(_ key: String?, of provider: String) async throws {
        let file = try KeyFile(provider, in: try Session())
        if let key { try file.write(key.trimmed) } else { try file.remove() }
        known.withLock { $0 = nil }
    }

    func takeConversations(inFile path: String) async throws -> ImportReport {
        var report = ImportReport()
        for input in try ExportInput.inputs(at: path, try Session().environment) {
            var importer = ConversationImporter(into: database)
            let reader = try input.open()
            while let piece = try reader.read() { try await importer.add(piece) }
            try reader.finish()
            try await importer.finish()
            report.merge(importer.report)
        }
        return report
    }

    func backUp() async throws -> String {
        guard let database = database as? SQLiteDatabase else { throw LAIError(.unsupported, "This store cannot be backed up.") }
        let path = try Session().paths.data + "/lai-\(Clock.fileName(.now)).db"
        _ = try await database.backUp(to: path)
        return path
    }

    func setUpLocalModel(progress: @escaping @Sendable (String, Double?) -> Void) async throws {
        let session = try Session()
        let model = try session.localModel
        progress("Setting up \(model.title).", nil)
        try await session.localServer.store.setup(model) { step in
            let share = step.total.map { $0 > 0 ? min(1, Double(step.completed) / Double($0)) : 0 }
            progress(CommandHost.sentence(step.phase, model), share)
        }
        known.withLock { $0 = nil }
    }

    private static func sentence(_ phase: SetupProgress.Phase, _ model: LocalModel) -> String {
        switch phase {
        case .waiting: "Another program is setting it up."
        case .preparing: "Making a place for it."
        case .runtime: "Fetching the program that runs it."
        case .model: "Fetching \(model.title), \(model.downloadSize >> 20) MiB."
        case .verifying: "Checking what was fetched."
        case .finished: "\(model.title) is ready."
        }
    }
}
