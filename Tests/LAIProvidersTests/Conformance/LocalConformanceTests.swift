import Foundation
import LAILocal
import LAIProviders
import LAITesting
import Testing

@Suite("The local model keeps every promise")
struct LocalConformanceTests {
    @Test("when it is set up on this machine", .enabled(if: LocalSetup.isThere))
    func local() async throws {
        let provider = LocalProvider(server: try #require(LocalSetup.server))
        try await ProviderConformance.check(provider, model: LocalModel.smolLM2.id) {
            $0.isDeterministic = false
            $0.unknownModel = "nonsense-1b"
            $0.patience = .seconds(600)
            $0.bound = .seconds(60)
            $0.configure = { $0.maxTokens = 16 }
        }
    }
}

/// The local model of whoever runs the tests, in `LAI_HOME` or at its usual place, and the program beside the tests.
enum LocalSetup {
    static let server: LocalServer? = {
        let environment = ProcessInfo.processInfo.environment
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return nil }
        let lai = URL(fileURLWithPath: program).deletingLastPathComponent().appending(path: "lai").path
        let home = environment["LAI_HOME"].map { $0 + "/data" }
        let data = home ?? (environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share") + "/lai"
        guard data.hasPrefix("/"), FileManager.default.isExecutableFile(atPath: lai) else { return nil }
        return LocalServer(
            store: LocalModelStore(configuration: .init(directory: data + "/local")),
            configuration: .init(supervisorCommand: [lai, "local", "supervise"]))
    }()

    static let isThere: Bool = {
        if server?.store.isSetUp() == true { return true }
        print("SKIPPED: no local model is set up here (lai local setup), so the suite does not run over one.")
        return false
    }()
}
