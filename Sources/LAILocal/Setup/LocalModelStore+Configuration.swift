import FoundationEssentials

extension LocalModelStore {
    /// Where the store lies, and what it is filled with.
    public struct Configuration: Sendable {
        /// The folder that is LAI's own, as an absolute path (`$XDG_DATA_HOME/lai/local`). It is made when needed.
        public var directory: String
        /// The Python that makes the private environment: a path, or a name that is looked up in `PATH`.
        public var python: String
        /// The server program.
        public var runtime: LocalRuntime
        /// The environment that Python and pip get; pip's own settings (`PIP_…`) among it are honoured.
        public var environment: [String: String]

        /// Describes a store; nothing is touched. `environment` is this process's, unless it is given.
        public init(
            directory: String,
            python: String = "python3",
            runtime: LocalRuntime = .llamaCpp,
            environment: [String: String]? = nil
        ) {
            self.directory = directory
            self.python = python
            self.runtime = runtime
            self.environment = environment ?? ProcessInfo.processInfo.environment
        }
    }
}
