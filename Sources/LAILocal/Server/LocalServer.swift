import LAICore

/// The servers of the local models: started when wanted, shared by all of the user's LAI processes, ended when idle.
///
/// A server listens on 127.0.0.1 only, on a port of its own and with a key that is new at every start; both stand in
/// files that only the user can read. Each model has a server of its own, so that two programs with two models don't
/// end each other's answers.
public struct LocalServer: Sendable {
    /// The models and the server program.
    public let store: LocalModelStore
    /// How a server is started.
    public let configuration: Configuration

    /// Makes a value that speaks for the servers; nothing is started.
    public init(store: LocalModelStore, configuration: Configuration) {
        self.store = store
        self.configuration = configuration
    }

    /// What the model's server is doing now. Takes at most about 2 s, and usually a few milliseconds.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func status(of model: LocalModel = .smolLM2) async throws -> LocalServerStatus {
        try await onOwnThread { cancellation in
            try cancellation.check()
            return ServerControl(files: store.files.server(model.id)).status(isSetUp: store.isSetUp(model))
        }
    }

    /// Starts the model's server unless it runs, and waits until it answers. Also counts as use: see ``touch(_:)``.
    ///
    /// However many processes ask at once, one server is started. Call it before each request rather than keep its
    /// result: while the server runs it takes a few milliseconds.
    /// - Parameter onWaiting: is called from another thread, about ten times a second, with the time waited so far.
    /// - Throws: ``LAIError`` with the code `local` when the model is not set up, when the server ends while it loads
    ///   (with what it said last), or when it takes longer than `startTimeout`; `CancellationError` when the task is
    ///   cancelled. A server that is still loading then goes on for others, and ends when nobody uses it.
    public func ensureRunning(
        model: LocalModel = .smolLM2,
        onWaiting: @escaping @Sendable (Duration) -> Void = { _ in }
    ) async throws -> LocalEndpoint {
        try await onOwnThread { cancellation in
            try ServerStart(server: self, model: model, cancellation: cancellation, onWaiting: onWaiting).run()
        }
    }

    /// Says that the model is in use: the idle time counts from here. Nothing happens when no server runs.
    ///
    /// Requests count by themselves. This is for the pauses of something that will ask again soon.
    public func touch(_ model: LocalModel = .smolLM2) {
        store.files.server(model.id).touchLease()
    }

    /// Ends the model's server, with the answers it is giving. Nothing happens when none runs.
    /// - Throws: ``LAIError`` with the code `local` when its files can't be changed; `CancellationError` when cancelled
    ///   while another process is starting it.
    public func stop(_ model: LocalModel = .smolLM2) async throws {
        let files = store.files.server(model.id)
        try await onOwnThread { cancellation in
            guard FileSystem.exists(files.directory) else { return }
            try FileLock.withLock(files.lock, cancellation: cancellation) { ServerControl(files: files).end() }
        }
    }
}
