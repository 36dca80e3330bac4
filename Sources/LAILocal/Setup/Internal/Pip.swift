import FoundationEssentials
import LAICore

/// pip in a private environment that lives as long as one set-up.
struct Pip {
    /// The set-up's temporary folder; pip's own temporary files are in it too, to be measured and removed.
    let folder: String
    private let interpreter: [String]
    private let environment: [String: String]
    private let cancellation: Cancellation

    private var scratch: String { folder + "/scratch" }

    /// Makes the environment. About 4 s.
    static func make(
        python: String,
        folder: String,
        configuration: LocalModelStore.Configuration,
        cancellation: Cancellation,
        onTick: () -> Void
    ) throws -> Pip {
        var environment = configuration.environment
        environment["TMPDIR"] = folder + "/scratch"
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        // The user's settings of pip hold, but for those that would contradict where things go.
        environment["PIP_USER"] = "0"
        let death = try DeathSignal.prefix("TERM", environment: environment, cancellation: cancellation)
        let pip = Pip(
            folder: folder,
            interpreter: death + [folder + "/venv/bin/python", "-I"],
            environment: environment,
            cancellation: cancellation
        )
        try FileSystem.makeDirectory(pip.scratch)
        let run = try CommandRun.run(
            death + [python, "-I", "-m", "venv", folder + "/venv"],
            environment: environment,
            cancellation: cancellation,
            onTick: onTick
        )
        guard run.succeeded else {
            if run.output.contains("ensurepip is not available") {
                throw LAIError(
                    .local,
                    "\(python) lacks ensurepip: install it (on Debian or Ubuntu: sudo apt install python3-venv)."
                )
            }
            throw PipFailure.error("LAI cannot make a Python environment", run)
        }
        return pip
    }

    /// Runs the environment's Python, apart from the user's Python settings, and calls `onTick` meanwhile.
    func python(_ arguments: [String], onTick: () -> Void) throws -> CommandRun {
        try CommandRun.run(
            interpreter + arguments,
            environment: environment,
            cancellation: cancellation,
            onTick: onTick
        )
    }

    /// Installs one wheel into a folder of its own. `onBytes` gets the bytes fetched so far.
    func install(_ wheel: PinnedWheel, into target: String, onBytes: (Int64) -> Void) throws {
        let run = try pip(["install", "--target", target, "--no-compile"], wheel, onBytes: onBytes)
        guard run.succeeded else { throw PipFailure.error("LAI cannot install \(wheel.package)", run) }
    }

    /// Downloads one wheel and returns its path. `onBytes` gets the bytes fetched so far.
    func download(_ wheel: PinnedWheel, onBytes: (Int64) -> Void) throws -> String {
        let target = folder + "/wheel"
        try FileSystem.remove(target)
        let run = try pip(["download", "--dest", target], wheel, onBytes: onBytes)
        guard run.succeeded else { throw PipFailure.error("LAI cannot download \(wheel.package)", run) }
        guard let name = FileSystem.names(in: target).first(where: { $0.hasSuffix(".whl") }) else {
            throw LAIError(.local, "pip says that it has downloaded \(wheel.package), but there is no wheel.")
        }
        return "\(target)/\(name)"
    }

    private func pip(_ command: [String], _ wheel: PinnedWheel, onBytes: (Int64) -> Void) throws -> CommandRun {
        let requirements = folder + "/requirements.txt"
        try FileSystem.write(Data((wheel.requirement + "\n").utf8), to: requirements)
        let fixed = [
            "--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--no-cache-dir",
            "--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", requirements,
        ]
        return try python(["-m", "pip"] + command + fixed) { onBytes(FileSystem.treeSize(scratch)) }
    }
}
