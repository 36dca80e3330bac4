import FoundationEssentials
import LAICore
import LAILocal
import LAIProviders
import LAISettings

/// What a run of the command knows: the environment, the paths, the settings, and the factory made of them.
struct Session {
    let environment: [String: String]
    let paths: LAIPaths
    let settings: Settings
    var factory: ProviderFactory
    /// Whether the run leaves no trace.
    var isTemporary = false

    /// Reads the configuration.
    /// - Throws: `LAIError` with the code `configuration` or `file`.
    init() throws {
        let environment = ProcessInfo.processInfo.environment
        let paths = try LAIPaths(environment: environment)
        try self.init(environment, paths, try Settings(path: paths.config))
    }

    /// For what needs the store only: a mistake in the configuration is told, and keeps nobody from what was said.
    static func forStore() throws -> Session {
        let environment = ProcessInfo.processInfo.environment
        let paths = try LAIPaths(environment: environment)
        do { return try Session(environment, paths, try Settings(path: paths.config)) } catch let error as LAIError {
            Terminal.complain(error.message)
            return try Session(environment, paths, Settings())
        }
    }

    private init(_ environment: [String: String], _ paths: LAIPaths, _ settings: Settings) throws {
        self.environment = environment
        self.paths = paths
        self.settings = settings
        var options: [String: ProviderOptions] = [:]
        for (id, provider) in settings.providers { options[id] = try ProviderOptions(provider, paths: paths) }
        factory = ProviderFactory(environment: environment, settings: options)
        factory.settingsName = paths.config
        let timeouts = settings.timeouts
        factory.adjustTimeouts = { timeouts.apply(to: &$0) }
        if let max = settings.retries.max { factory.retries.maxRetries = max }
        if let budget = settings.retries.budget { factory.retries.budget = budget }
        factory.local = LocalProvider(server: localServer)
    }

    /// The local models, in LAI's own data directory.
    var localServer: LocalServer {
        let store = LocalModelStore(configuration: .init(directory: paths.data + "/local", environment: environment))
        var configuration = LocalServer.Configuration(
            supervisorCommand: [Session.executable, "local", "supervise"], threads: settings.local.threads)
        if let context = settings.local.context { configuration.contextSize = context }
        if let idle = settings.local.idle { configuration.idleTimeout = idle }
        return LocalServer(store: store, configuration: configuration)
    }

    /// The local model that is meant when none is named.
    var localModel: LocalModel {
        get throws {
            guard let name = settings.local.model else { return .smolLM2 }
            guard let model = LocalModel.named(name) else {
                let names = LocalModel.catalogue.map(\.id).joined(separator: ", ")
                throw LAIError(.configuration, "There is no local model “\(name)” (local.model); there are \(names).")
            }
            return model
        }
    }

    /// The path of this program.
    static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}

extension ProviderOptions {
    init(_ settings: Settings.Provider, paths: LAIPaths) throws {
        self.init()
        dialect = settings.dialect.flatMap { Dialect(rawValue: $0.rawValue) }
        baseURL = settings.baseURL
        switch settings.key {
        case .environment(let name)?: apiKeyEnvironment = name
        case .file(let path)?: apiKeyFile = try paths.expand(path)
        case nil: break
        }
        headers = settings.headers
        proxy = settings.proxy
        trustRoots = try settings.caFile.map(paths.expand)
    }
}

extension Settings.Timeouts {
    /// Sets the clocks that are set here; the others stay as the provider has them.
    func apply(to timeouts: inout LAICore.Timeouts) {
        timeouts.connect = connect ?? timeouts.connect
        timeouts.head = head ?? timeouts.head
        timeouts.firstEvent = firstEvent ?? timeouts.firstEvent
        timeouts.idle = idle ?? timeouts.idle
        timeouts.total = total ?? timeouts.total
    }
}
