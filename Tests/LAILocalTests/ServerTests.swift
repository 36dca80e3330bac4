import Foundation
import LAICore
import Synchronization
import Testing

@testable import LAILocal

@Suite struct ServerTests {
    @Test("starts a server, waits until it answers, and stops it")
    func life() async throws {
        try await TestStore.with { test in
            let server = try test.server()
            #expect(try await server.status(of: test.model) == .notSetUp)
            try test.install()
            #expect(try await server.status(of: test.model) == .stopped)

            try test.tell("loading")
            let waited = Mutex(false)
            let endpoint = Task {
                try await server.ensureRunning(model: test.model) { _ in waited.withLock { $0 = true } }
            }
            try await eventually("it loads") {
                if case .loading = try await server.status(of: test.model) { true } else { false }
            }
            try test.untell("loading")
            let ready = try await endpoint.value
            #expect(waited.withLock { $0 })
            guard case .running(let running) = try await server.status(of: test.model) else {
                Issue.record("it does not run")
                return
            }
            #expect(ready.baseURL == "http://127.0.0.1:\(running.port)/v1" && ready.model == test.model.id)
            #expect(running.residentMemory > 0 && running.uptime > .zero)

            try await server.stop(test.model)
            #expect(try await server.status(of: test.model) == .stopped)
            #expect(ProcessIdentity(pid: running.pid) == nil && ProcessIdentity(pid: running.supervisorPID) == nil)
            try await server.stop(test.model)
        }
    }

    @Test("starts one server for many who ask at once")
    func concurrent() async throws {
        try await TestStore.with { test in
            try test.install()
            let server = try test.server()
            let endpoints = try await withThrowingTaskGroup(of: LocalEndpoint.self) { group in
                for _ in 0..<8 { group.addTask { try await server.ensureRunning(model: test.model) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(endpoints.count == 1 && test.told("starts").count == 1)
        }
    }

    @Test("keeps the key from the machine's other users")
    func key() async throws {
        try await TestStore.with { test in
            try test.install()
            let endpoint = try await test.server().ensureRunning(model: test.model)
            let state = try #require(ServerControl(files: test.serverFiles).current)
            #expect(endpoint.apiKey.count == 64)
            for process in [state.server, state.supervisor] {
                let command = try #require(FileSystem.tail("/proc/\(process.pid)/cmdline"))
                #expect(!command.contains(endpoint.apiKey))
            }
            for name in FileSystem.names(in: test.serverFiles.directory) {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(test.serverFiles.directory)/\(name)"
                )
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }

    @Test("says what the server said when it ends while it loads")
    func dies() async throws {
        try await TestStore.with { test in
            try test.install()
            try test.tell(
                "fails",
                "0.00.021.882 E srv    load_model: failed to load model, 'x'\n0.00.022.484 E srv  llama_server: exiting due to model loading error"
            )
            let server = try test.server()
            let error = await #expect(throws: LAIError.self) { try await server.ensureRunning(model: test.model) }
            #expect(error?.code == .local)
            #expect(
                error?.message
                    == "The server of tiny-1b could not be started: load_model: failed to load model, 'x' (it ended with exit status 1)."
            )
            #expect(try await server.status(of: test.model) == .stopped)
            #expect(test.told("starts").count == 1)
        }
    }

    @Test("tries another port when the first was taken meanwhile")
    func portTaken() async throws {
        try await TestStore.with { test in
            try test.install()
            try test.tell(
                "fails-once",
                "0.00.011.008 E srv         start: couldn't bind HTTP server socket, hostname: 127.0.0.1"
            )
            _ = try await test.server().ensureRunning(model: test.model)
            #expect(test.told("starts").count >= 2)
        }
    }

    @Test("gives up on a server that never answers, and says so to who waits when it is stopped")
    func neverReady() async throws {
        try await TestStore.with { test in
            try test.install()
            try test.tell("loading")
            let impatient = try test.server(start: .milliseconds(500))
            let late = await #expect(throws: LAIError.self) { try await impatient.ensureRunning(model: test.model) }
            #expect(late?.message.contains("did not answer within") == true)

            let server = try test.server()
            let waits = Mutex(false)
            let waiting = Task {
                try await server.ensureRunning(model: test.model) { _ in waits.withLock { $0 = true } }
            }
            try await eventually("it waits") { waits.withLock { $0 } }
            try await server.stop(test.model)
            let stopped = await #expect(throws: LAIError.self) { try await waiting.value }
            #expect(stopped?.message.contains("was stopped while it was loading") == true)
        }
    }

    @Test("stops waiting when it is cancelled")
    func cancelled() async throws {
        try await TestStore.with { test in
            try test.install()
            try test.tell("loading")
            let server = try test.server()
            let waiting = Task { try await server.ensureRunning(model: test.model) }
            try await eventually("it loads") { !test.told("starts").isEmpty }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }

    @Test("says that the model must be set up first")
    func notSetUp() async throws {
        try await TestStore.with { test in
            let server = try test.server()
            let error = await #expect(throws: LAIError.self) { try await server.ensureRunning(model: test.model) }
            #expect(error?.message.contains("is not set up") == true)
        }
    }

    @Test(
        "says why when the supervisor can't be started",
        arguments: [
            ("/nowhere/lai", "No such file"),
            ("/bin/false", "could not be started"),
        ]
    )
    func noSupervisor(command: String, sentence: String) async throws {
        try await TestStore.with { test in
            try test.install()
            let server = try test.server(supervisor: [command])
            let error = await #expect(throws: LAIError.self) { try await server.ensureRunning(model: test.model) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
    }
}
