import LAIChat
import LAIProviders
import LAISettings
import Synchronization

/// The names that the Tab key completes a model to: first what the configuration says, and once somebody asked, what
/// the providers list.
final class KnownModels: Sendable {
    private let state: Mutex<(names: Set<String>, isAsked: Bool)>
    /// Whether the conversation may not leave this machine: then nobody elsewhere is asked, not even for a list.
    let staysHere = Atomic(false)
    private let wishes: AsyncStream<Void>
    private let wish: AsyncStream<Void>.Continuation

    init(_ session: Session) {
        var names = Set(session.settings.aliases.keys)
        if let name = session.settings.defaultModel { names.insert(name) }
        for id in session.factory.ids where session.isSetUp(id) || id == "local" {
            names.insert(id + "/")
            let model = session.settings.providers[id]?.defaultModel ?? DefaultModels.remote.first { $0.id == id }?.model
            if let model { names.insert("\(id)/\(model)") }
        }
        state = Mutex((names, false))
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The names as far as they are known. The first call has the providers asked, and does not wait for them.
    var names: [String] {
        let (names, isFirst) = state.withLock { state in
            defer { state.isAsked = true }
            return (state.names, !state.isAsked)
        }
        if isFirst { wish.yield() }
        // A provider alone is of use only until its models are there.
        return names.filter { name in !name.hasSuffix("/") || !names.contains { $0 != name && $0.hasPrefix(name) } }.sorted()
    }

    func add(_ probes: [(id: String, probe: Probe)]) {
        let found = probes.flatMap { id, probe in (probe.models ?? []).map { "\(id)/\($0.id)" } }
        state.withLock { state in
            state.names.formUnion(found)
            state.isAsked = true
        }
    }

    /// Asks the providers when somebody wants to know, until the task is cancelled.
    func run(_ session: Session) async {
        for await _ in wishes { add(await session.probeAll(staysHere: staysHere.load(ordering: .relaxed))) }
    }
}
