/// What a model's server is doing.
public enum LocalServerStatus: Sendable, Hashable {
    /// The model or the server program was not fetched yet.
    case notSetUp
    /// It can be started.
    case stopped
    /// It was started and does not answer yet.
    case loading(Running)
    /// It answers.
    case running(Running)

    /// The facts of a server that was started.
    public struct Running: Sendable, Hashable {
        /// The process of the model server.
        public var pid: Int32
        /// The process that watches over it.
        public var supervisorPID: Int32
        /// The port on 127.0.0.1.
        public var port: Int
        /// The id of the model.
        public var model: String
        /// How many tokens one conversation may hold.
        public var contextSize: Int
        /// How long the process has run.
        public var uptime: Duration
        /// The memory it holds in RAM, in bytes.
        public var residentMemory: Int64

        /// Describes a started server.
        public init(
            pid: Int32,
            supervisorPID: Int32,
            port: Int,
            model: String,
            contextSize: Int,
            uptime: Duration,
            residentMemory: Int64
        ) {
            self.pid = pid
            self.supervisorPID = supervisorPID
            self.port = port
            self.model = model
            self.contextSize = contextSize
            self.uptime = uptime
            self.residentMemory = residentMemory
        }
    }
}
