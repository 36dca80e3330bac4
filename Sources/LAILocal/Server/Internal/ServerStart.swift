import FoundationEssentials
import Glibc
import LAICore

/// One caller's way to a server that answers. Blocking: it runs on a thread of its own.
struct ServerStart {
    var server: LocalServer
    var model: LocalModel
    var cancellation: Cancellation
    var onWaiting: @Sendable (Duration) -> Void

    private enum Outcome {
        case ready(LocalEndpoint)
        /// It ended before it answered; nil when its supervisor left no word.
        case ended(ServerExit?)
    }

    private let began = ContinuousClock.now
    private var files: ServerFiles { server.store.files.server(model.id) }
    private var control: ServerControl { ServerControl(files: files) }

    init(
        server: LocalServer,
        model: LocalModel,
        cancellation: Cancellation,
        onWaiting: @escaping @Sendable (Duration) -> Void
    ) {
        self.server = server
        self.model = model
        self.cancellation = cancellation
        self.onWaiting = onWaiting
    }

    func run() throws -> LocalEndpoint {
        var triesLeft = 2
        while true {
            let exit: ServerExit?
            switch try attempt() {
            case .ready(let endpoint): return endpoint
            case .ended(let how): exit = how
            }
            // Ended as idle just as we came, the supervisor killed, or the port taken before it was bound: try again.
            let mayHelp = exit == nil || exit?.reason == .idle || exit?.message.contains("couldn't bind") == true
            guard mayHelp, triesLeft > 0 else { throw failure(exit) }
            triesLeft -= 1
        }
    }

    private func attempt() throws -> Outcome {
        guard server.store.isSetUp(model) else {
            throw LAIError(.local, "The local model \(model.id) is not set up: run `lai local setup \(model.id)`.")
        }
        try FileSystem.makeDirectory(files.directory)
        let lookup = try FileLock.withLock(files.lock, cancellation: cancellation, onWaiting: pause) {
            try renewLease()
            if let state = control.current { return Result<ServerState, Ended>.success(state) }
            control.end()
            return try launch()
        }
        switch lookup {
        case .success(let state): return try waitUntilReady(state)
        case .failure(let ended): return .ended(ended.exit)
        }
    }

    /// The lock is held from before the lease is renewed, and the supervisor needs it to end an idle server: what is
    /// found running now is not about to end.
    private func renewLease() throws {
        if !FileSystem.exists(files.lease) { try FileSystem.write(Data(), to: files.lease) }
        files.touchLease()
    }

    private struct Ended: Error {
        var exit: ServerExit?
    }

    /// Starts a supervisor and waits until it has started the server.
    private func launch() throws -> Result<ServerState, Ended> {
        let plan = try LaunchPlan.make(server: server, model: model, files: files)
        let supervisor = try ChildProcess(
            arguments: server.configuration.supervisorCommand + [files.launch],
            environment: server.store.configuration.environment,
            output: .newFile(files.log),
            group: .session
        ).spawn()
        let identity = ProcessIdentity(pid: supervisor)
        // It stays our child as long as we live: reaped when it ends, it leaves no zombie in a long-lived process.
        try startThread { _ = ExitStatus.wait(supervisor) }
        do {
            while true {
                if let state = files.read(ServerState.self, files.state), state.launch == plan.launch {
                    return .success(state)
                }
                guard let identity, identity.isAlive else {
                    // It may have written and ended between the two looks.
                    return .failure(Ended(exit: exit(of: plan.launch) ?? unstarted(plan.launch)))
                }
                try checkTime()
                pause()
            }
        } catch {
            identity?.end(grace: .seconds(6))
            throw error
        }
    }

    private func waitUntilReady(_ state: ServerState) throws -> Outcome {
        while true {
            if ServerControl.answers(state, timeout: .seconds(2)) && state.isAlive { return .ready(state.endpoint) }
            guard state.isAlive else { return .ended(awaitExit(of: state)) }
            try checkTime()
            files.touchLease()  // whoever waits for it wants it, however long it loads
            pause()
        }
    }

    /// The supervisor writes down how the server ended a moment after it did.
    private func awaitExit(of state: ServerState) -> ServerExit? {
        let deadline = ContinuousClock.now + .seconds(5)
        while state.supervisor.isAlive && .now < deadline { usleep(10_000) }
        return exit(of: state.launch)
    }

    private func exit(of launch: String) -> ServerExit? {
        guard let exit = files.read(ServerExit.self, files.exit), exit.launch == launch else { return nil }
        return exit
    }

    private func unstarted(_ launch: String) -> ServerExit {
        let line = ServerLog.lastMeaningfulLine(files.log)
        return ServerExit(launch: launch, reason: .died, message: line.isEmpty ? "Its supervisor ended at once." : line)
    }

    private func failure(_ exit: ServerExit?) -> LAIError {
        guard let exit else { return LAIError(.local, "The server of \(model.id) was killed while it was loading.") }
        switch exit.reason {
        case .died: return LAIError(.local, "The server of \(model.id) could not be started: \(exit.message)")
        case .idle, .stopped: return LAIError(.local, "The server of \(model.id) was stopped while it was loading.")
        }
    }

    private func pause() {
        onWaiting(.now - began)
        usleep(100_000)
    }

    private func checkTime() throws {
        try cancellation.check()
        let limit = server.configuration.startTimeout
        guard .now - began > limit else { return }
        let line = ServerLog.lastMeaningfulLine(files.log)
        throw LAIError(
            .local,
            "The server of \(model.id) did not answer within \(limit.components.seconds) s"
                + (line.isEmpty ? "." : ": \(line)")
        )
    }
}
