import FoundationEssentials
import Glibc
import LAICore

/// The life of one server under its supervisor.
struct Supervision {
    var plan: LaunchPlan
    var wake: WakePipe

    /// How long the server may take to end. It has nothing to save, and llama.cpp takes 2 s when left to itself.
    static let grace = Duration.milliseconds(500)

    private let end = ChildEnd()
    private var files: ServerFiles { ServerFiles(directory: plan.directory) }
    private var idle: Duration { .milliseconds(Int64(plan.idleSeconds * 1000)) }
    /// Whether the state file is still about this server; else another has taken its place, or the folder was removed.
    private var isCurrent: Bool { files.read(ServerState.self, files.state)?.launch == plan.launch }

    init(plan: LaunchPlan, wake: WakePipe) {
        self.plan = plan
        self.wake = wake
    }

    /// Returns when the server has ended and its files say so.
    func run() throws {
        chdir("/")
        setsid()  // the starter has done so already, unless the supervisor was run by hand
        let server = try start()
        var reason = ServerExit.Reason.died
        defer { server?.end(grace: Self.grace) }
        if let server {
            try writeState(server)
            reason = watch()
            server.end(grace: Self.grace)
        }
        try writeExit(reason)
    }

    /// Starts the server on this thread, which must live as long as it: the kernel ends the server when it doesn't.
    private func start() throws -> ProcessIdentity? {
        let whole = ProcessInfo.processInfo.environment
        let death = try DeathSignal.prefix("KILL", environment: whole, cancellation: Cancellation())
        let pid = try ChildProcess(
            arguments: death + plan.arguments,
            environment: LaunchPlan.environment(whole),
            output: .inherited,
            group: .inherited
        ).spawn()
        let server = ProcessIdentity(pid: pid)
        try end.watch(pid)
        return server
    }

    private func writeState(_ server: ProcessIdentity) throws {
        guard let supervisor = ProcessIdentity(pid: getpid()) else {
            throw LAIError(.local, "The local model needs /proc, and it is not mounted.")
        }
        let state = ServerState(
            launch: plan.launch,
            supervisor: supervisor,
            server: server,
            port: plan.port,
            apiKey: plan.apiKey,
            model: plan.model,
            contextSize: plan.contextSize
        )
        try files.write(state, to: files.state)
    }

    private func watch() -> ServerExit.Reason {
        var activity = ServerActivity(plan: plan)
        let interval = min(.seconds(15), max(.milliseconds(100), idle / 10))
        while true {
            if end.value != nil { return .died }
            if wake.isTerminated || !isCurrent { return .stopped }
            activity.look()
            if mayEnd(&activity) { return .idle }
            ServerLog.trim(files.log)
            wake.wait(interval)
        }
    }

    /// Whether the server was idle for long enough and nobody is just asking for it; if so, nobody finds it any more.
    private func mayEnd(_ activity: inout ServerActivity) -> Bool {
        guard .now - activity.lastUse >= idle else { return false }
        // Whoever holds the lock is about to use the server. A lock that can't be opened is looked at again next time:
        // its folder is being removed, and then the state file is too.
        let claimed = try? FileLock.withLockIfFree(files.lock) {
            activity.noteLease()
            guard isCurrent, .now - activity.lastUse >= idle else { return false }
            forget()
            return true
        }
        return claimed == true
    }

    private func writeExit(_ reason: ServerExit.Reason) throws {
        var message = ""
        if reason == .died {
            let line = ServerLog.lastMeaningfulLine(files.log)
            let how = end.value.map { "it ended \($0.description)" } ?? "it ended"
            message = line.isEmpty ? "\(how)." : "\(line) (\(how))."
        }
        guard FileSystem.exists(files.directory) else { return }
        try files.write(ServerExit(launch: plan.launch, reason: reason, message: message), to: files.exit)
        if isCurrent { forget() }
    }

    private func forget() {
        unlink(files.state)
        unlink(files.key)
    }
}
