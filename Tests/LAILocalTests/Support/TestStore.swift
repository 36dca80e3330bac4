import Foundation
import Testing

@testable import LAILocal

/// A store in a temporary folder, a tiny model in two wheels, and fakes in place of Python, pip and the server.
struct TestStore: Sendable {
    let root: String
    let model: LocalModel

    var directory: String { root + "/data/local" }
    /// Where the fakes read what to do, and write what they did.
    var control: String { root + "/control" }
    var store: LocalModelStore { store() }
    var files: StoreFiles { StoreFiles(directory: directory) }
    var serverFiles: ServerFiles { files.server(model.id) }

    /// Makes one, and removes it, with every process that it has running, after `body`.
    static func with(_ body: (TestStore) async throws -> Void) async throws {
        let test = try TestStore()
        var failure: (any Error)?
        do { try await body(test) } catch { failure = error }
        try await test.store.remove()
        try FileManager.default.removeItem(atPath: test.root)
        if let failure { throw failure }
    }

    private init() throws {
        root = NSTemporaryDirectory() + "lai-local-\(UUID().uuidString)"
        let control = root + "/control"
        try FileManager.default.createDirectory(atPath: control, withIntermediateDirectories: true)
        let fixture = try TinyModel.shared.get()
        model = fixture.model
        for (name, wheel) in fixture.wheels { try wheel.write(to: URL(filePath: "\(control)/\(name)")) }
        try script("python3", Scripts.python(control: control))
        try script("llama-server", Scripts.server)
    }

    func store(python: String? = nil) -> LocalModelStore {
        LocalModelStore(configuration: .init(directory: directory, python: python ?? control + "/python3"))
    }

    /// A server whose supervisor is this test program, run once more: see `SupervisorProcess`.
    func server(
        idle: Duration = .seconds(60),
        start: Duration = .seconds(60),
        supervisor: [String]? = nil
    ) throws -> LocalServer {
        let path = control + "/supervisor"
        if !FileManager.default.fileExists(atPath: path) {
            try script("supervisor", try SupervisorProcess.script())
        }
        return LocalServer(
            store: store,
            configuration: .init(supervisorCommand: supervisor ?? [path], idleTimeout: idle, startTimeout: start)
        )
    }

    /// Puts the model and the server in place without pip.
    func install() throws {
        let runtime = store.configuration.runtime
        let executable = files.executable(of: runtime)
        try FileSystem.makeDirectory(files.model(model))
        try FileSystem.makeDirectory((executable as NSString).deletingLastPathComponent)
        try program("llama-server", at: executable)
        try FileManager.default.createSymbolicLink(
            atPath: (executable as NSString).deletingLastPathComponent + "/control",
            withDestinationPath: control
        )
        try InstallMarker(runtime: runtime).write(files.runtime)
        try Data(repeating: 0, count: Int(model.fileSize)).write(to: URL(filePath: files.modelFile(model)))
        try InstallMarker(model: model).write(files.model(model))
    }

    /// Tells the fakes something.
    func tell(_ name: String, _ text: String = "") throws {
        try Data(text.utf8).write(to: URL(filePath: "\(control)/\(name)"), options: .atomic)
    }

    func untell(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(control)/\(name)")
    }

    /// The lines that the fakes wrote.
    func told(_ name: String) -> [String] {
        (FileSystem.tail("\(control)/\(name)") ?? "").split(separator: "\n").map(String.init)
    }

    private func script(_ name: String, _ text: String) throws {
        try tell(name, text)
        try program(name, at: "\(control)/\(name).program")
        try FileSystem.rename("\(control)/\(name).program", to: "\(control)/\(name)")
    }

    /// Puts a copy that can be run somewhere. Another program writes it: what another test is just starting may, for a
    /// moment, hold a file that this one has open for writing, which then could not be run ("text file busy").
    private func program(_ name: String, at path: String) throws {
        let run = try CommandRun.run(
            ["install", "-m", "755", "\(control)/\(name)", path],
            environment: ProcessInfo.processInfo.environment,
            cancellation: Cancellation()
        )
        try #require(run.succeeded, "\(run.output)")
    }
}

/// Waits until a condition holds; fails after 60 s, a limit for a busy machine and no measure.
func eventually(
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        try #require(.now < deadline, what, sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(10))
    }
}
