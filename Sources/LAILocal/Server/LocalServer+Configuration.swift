import FoundationEssentials

extension LocalServer {
    /// How a model server is started. A server that already runs keeps the settings it was started with.
    public struct Configuration: Sendable {
        /// The command that runs the supervisor, an absolute path first. One argument is put at its end: the path of a
        /// file that it must hand to ``LocalSupervisor/run(launchFile:)``.
        public var supervisorCommand: [String]
        /// How many tokens one conversation may hold, the answer included.
        public var contextSize: Int
        /// How many conversations are answered at the same time; more wait.
        public var parallelRequests: Int
        /// How many threads compute.
        public var threads: Int
        /// Whether a graphics processor may be used, where the server program finds one.
        public var usesGPU: Bool
        /// The server ends after this long without a request.
        public var idleTimeout: Duration
        /// How long a start may take until the server answers.
        public var startTimeout: Duration

        /// Describes how to start. `threads` is one less than there are cores, and at most four, unless it is given.
        ///
        /// The threads of llama.cpp spin while they wait for each other. With one for each core, anything else that
        /// runs slows all of them down: on two cores two threads give 144 tokens a second alone and 2 beside other
        /// work, one thread 85 in both cases.
        public init(
            supervisorCommand: [String],
            contextSize: Int = 4096,
            parallelRequests: Int = 2,
            threads: Int? = nil,
            usesGPU: Bool = false,
            idleTimeout: Duration = .seconds(600),
            startTimeout: Duration = .seconds(120)
        ) {
            self.supervisorCommand = supervisorCommand
            self.contextSize = contextSize
            self.parallelRequests = parallelRequests
            self.threads = threads ?? max(1, min(4, ProcessInfo.processInfo.activeProcessorCount - 1))
            self.usesGPU = usesGPU
            self.idleTimeout = idleTimeout
            self.startTimeout = startTimeout
        }
    }
}
