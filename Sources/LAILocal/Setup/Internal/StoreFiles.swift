/// The names of the files in LAI's folder for local models.
struct StoreFiles: Sendable {
    /// The folder, without a slash at its end.
    let directory: String

    init(directory: String) {
        var path = directory
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        self.directory = path
    }

    /// Held by whoever sets up or removes.
    var lock: String { directory + "/setup.lock" }
    /// Holds the temporary folders; whatever is in it belongs to whoever holds the lock.
    var temporary: String { directory + "/tmp" }
    /// Finished wheels of a model that is not yet complete.
    func downloads(_ model: LocalModel) -> String { "\(directory)/downloads/\(model.id)" }

    /// The folder that pip installed the server program into.
    var runtime: String { directory + "/runtime" }
    func executable(of runtime: LocalRuntime) -> String { "\(self.runtime)/\(runtime.executable)" }

    func model(_ model: LocalModel) -> String { "\(directory)/models/\(model.id)" }
    func modelFile(_ model: LocalModel) -> String { self.model(model) + "/model.gguf" }

    /// One folder for each model that is or was served.
    var servers: String { directory + "/servers" }
    func server(_ modelID: String) -> ServerFiles { ServerFiles(directory: "\(servers)/\(modelID)") }
}
