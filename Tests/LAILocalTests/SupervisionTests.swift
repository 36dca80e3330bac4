import Foundation
import LAICore
import Testing

@testable import LAILocal

@Suite struct SupervisionTests {
    @Test("ends a server that nobody uses")
    func idle() async throws {
        try await TestStore.with { test in
            try test.install()
            let server = try test.server(idle: .seconds(1))
            _ = try await server.ensureRunning(model: test.model)
            let state = ServerControl(files: test.serverFiles).current
            try await eventually("it ends") {
                test.serverFiles.read(ServerExit.self, test.serverFiles.exit)?.reason == .idle
            }
            #expect(try await server.status(of: test.model) == .stopped)
            if let state { #expect(!state.server.isAlive) }
            #expect(!FileSystem.exists(test.serverFiles.key))
            _ = try await server.ensureRunning(model: test.model)
            #expect(test.told("starts").count == 2)
        }
    }

    @Test("keeps a busy server, however long nobody asks for it")
    func busy() async throws {
        try await TestStore.with { test in
            try test.install()
            try test.tell("busy")
            let server = try test.server(idle: .seconds(1))
            _ = try await server.ensureRunning(model: test.model)
            let looks = test.told("looks").count
            // There are 100 ms between two looks: so many take longer than the idle time.
            try await eventually("it is looked at") { test.told("looks").count > looks + 15 }
            #expect(ServerControl(files: test.serverFiles).current != nil)
            try test.untell("busy")
            try await eventually("it ends") { ServerControl(files: test.serverFiles).current == nil }
        }
    }

    @Test("a touch counts as use, and so does a server that does not answer yet")
    func touch() async throws {
        try await TestStore.with { test in
            try test.install()
            let server = try test.server()
            try FileSystem.makeDirectory(test.serverFiles.directory)
            let plan = try LaunchPlan.make(server: server, model: test.model, files: test.serverFiles)
            var activity = ServerActivity(plan: plan)
            let beforeLease = activity.lastUse
            activity.noteLease()
            #expect(activity.lastUse == beforeLease)
            try FileSystem.write(Data(), to: test.serverFiles.lease)
            activity.noteLease()
            let before = activity.lastUse
            #expect(before > beforeLease)
            // The clock of a file's time may be coarser than the time between two lines.
            try await eventually("the time changes") {
                server.touch(test.model)
                activity.noteLease()
                return activity.lastUse > before
            }
            let beforeLook = activity.lastUse
            activity.look()  // nobody listens on the plan's port
            #expect(activity.lastUse > beforeLook)
        }
    }

    @Test("leaves a process alone that got the number of an ended server")
    func reusedNumber() async throws {
        try await TestStore.with { test in
            try test.install()
            let mine = try #require(ProcessIdentity(pid: getpid()))
            let other = ProcessIdentity(pid: mine.pid, startTime: mine.startTime - 1)
            try FileSystem.makeDirectory(test.serverFiles.directory)
            try test.serverFiles.write(test.state(supervisor: other, server: other), to: test.serverFiles.state)
            let server = try test.server()
            #expect(try await server.status(of: test.model) == .stopped)
            _ = try await server.ensureRunning(model: test.model)
            #expect(test.told("starts").count == 1 && mine.isAlive)
        }
    }

    @Test("ends a server whose supervisor was killed, before it starts another")
    func orphan() async throws {
        try await TestStore.with { test in
            try test.install()
            let pid = try ChildProcess(
                arguments: ["sleep", "600"],
                environment: ProcessInfo.processInfo.environment,
                output: .inherited,
                group: .own
            ).spawn()
            let orphan = try #require(ProcessIdentity(pid: pid))
            let gone = ProcessIdentity(pid: pid, startTime: orphan.startTime - 1)
            try FileSystem.makeDirectory(test.serverFiles.directory)
            try test.serverFiles.write(test.state(supervisor: gone, server: orphan), to: test.serverFiles.state)
            _ = try await test.server().ensureRunning(model: test.model)
            #expect(!orphan.isAlive)
            orphan.signal(SIGKILL)
            #expect(ExitStatus.wait(pid) == .signal(SIGTERM))
        }
    }

    @Test("a killed supervisor takes the server with it", .enabled(if: SupervisionTests.hasDeathSignal))
    func killedSupervisor() async throws {
        try await TestStore.with { test in
            try test.install()
            let server = try test.server()
            _ = try await server.ensureRunning(model: test.model)
            let state = try #require(ServerControl(files: test.serverFiles).current)
            state.supervisor.signal(SIGKILL)
            try await eventually("it ends") { !state.server.isAlive }
            _ = try await server.ensureRunning(model: test.model)
            #expect(test.told("starts").count == 2)
        }
    }

    @Test("ends when its folder is removed")
    func removed() async throws {
        try await TestStore.with { test in
            try test.install()
            _ = try await test.server().ensureRunning(model: test.model)
            let state = try #require(ServerControl(files: test.serverFiles).current)
            try await test.store.remove()
            #expect(!state.server.isAlive && !state.supervisor.isAlive)
            #expect(!FileSystem.exists(test.directory))
        }
    }

    /// Without util-linux the server lives on until the next start: see `DeathSignal`.
    static let hasDeathSignal =
        SearchPath.find("setpriv", environment: ProcessInfo.processInfo.environment) != nil
}

extension TestStore {
    func state(supervisor: ProcessIdentity, server: ProcessIdentity) -> ServerState {
        ServerState(
            launch: "an earlier one",
            supervisor: supervisor,
            server: server,
            port: 1,
            apiKey: "key",
            model: model.id,
            contextSize: 4096
        )
    }
}
