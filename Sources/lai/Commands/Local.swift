import ArgumentParser
import LAIChat
import LAICore
import LAILocal
import LAISettings

/// `lai local`
struct Local: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The small model on this machine, which needs no key.",
        subcommands: [Setup.self, Start.self, Status.self, Stop.self, Remove.self, Supervise.self],
        defaultSubcommand: Status.self)

    /// The model of that name, or the one that is meant without a name.
    static func model(_ name: String?, in session: Session) throws -> LocalModel {
        guard let name else { return try session.localModel }
        guard let model = LocalModel.named(name) else {
            let names = LocalModel.catalogue.map(\.id).joined(separator: ", ")
            throw UsageError("There is no local model “\(name)”; there are \(names).")
        }
        return model
    }

    struct Setup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fetch the model and the program that runs it, unless they are there.")
        @Argument(help: "The model: smollm2-135m (default) or qwen2.5-coder-1.5b.") var name: String?
        @Flag(help: "Only say whether it is needed: succeed when there is nothing else to ask.") var needed = false

        func run() async throws {
            let session = try Session()
            if needed { throw await Setup.isNeeded(session) ? ExitStatus.success : .unhealthy }
            let model = try Local.model(name, in: session)
            let store = session.localServer.store
            if store.isSetUp(model) { return Terminal.err("\(model.title) is set up already.\n") }
            Terminal.err("Setting up \(model.title) (\(model.downloadSize >> 20) MiB to fetch, into \(store.configuration.directory)).\n")
            let line = ProgressLine()
            defer { line.clear() }
            try await Signals.cancelling {
                try await store.setup(model) { line.show($0) }
            }
            line.clear()
            Terminal.err("Ready: lai ask -m local/\(model.id) \"Hello\"\n")
        }

        /// Whether nothing can be asked as things stand: no setting, no key, no Ollama, no local model.
        private static func isNeeded(_ session: Session) async -> Bool {
            do {
                _ = try await ModelChoice.make(named: nil, in: session)
                return false
            } catch {
                return session.settings.defaultModel == nil
            }
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start the model's server; asking does that too.")
        @Argument(help: "The model.") var name: String?

        func run() async throws {
            let session = try Session()
            let model = try Local.model(name, in: session)
            let server = session.localServer
            let endpoint = try await Signals.cancelling { try await server.ensureRunning(model: model) }
            Terminal.out("\(model.id) runs at \(endpoint.baseURL)\n")
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what is set up and what runs.")

        func run() async throws {
            let session = try Session()
            var rows: [[String]] = []
            var isAnySetUp = false
            for model in LocalModel.catalogue {
                let status = try await session.localServer.status(of: model)
                isAnySetUp = isAnySetUp || status != .notSetUp
                rows.append([model.id, model.title, Status.text(status)])
            }
            Terminal.out(Table.text(rows))
            if !isAnySetUp { Terminal.remark("`lai local setup` fetches the first of them.") }
        }

        static func text(_ status: LocalServerStatus) -> String {
            switch status {
            case .notSetUp: return "not set up"
            case .stopped: return "set up, stopped"
            case .loading: return "loading"
            case .running(let facts):
                return "running: port \(facts.port), \(facts.residentMemory >> 20) MiB, for \(Duration.short(facts.uptime))"
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the servers, or one model's.")
        @Argument(help: "The model; without it, all.") var name: String?

        func run() async throws {
            let session = try Session()
            let models = try name.map { [try Local.model($0, in: session)] } ?? LocalModel.catalogue
            var isIdle = true
            for model in models {
                let status = try await session.localServer.status(of: model)
                try await session.localServer.stop(model)
                if status == .notSetUp || status == .stopped { continue }
                isIdle = false
                Terminal.err("\(model.id) is stopped.\n")
            }
            if isIdle { Terminal.err("Nothing runs.\n") }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove the models and the program that runs them.")

        func run() async throws {
            let store = try Session().localServer.store
            let wasThere = LocalModel.catalogue.contains { store.isSetUp($0) }
            try await store.remove()
            Terminal.err(wasThere ? "The local models are removed.\n" : "No local model was set up.\n")
        }
    }

    /// Runs a server and watches it: LAI starts it by itself.
    struct Supervise: ParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)
        @Argument var launchFile: String
        func run() throws { try LocalSupervisor.run(launchFile: launchFile) }
    }
}
