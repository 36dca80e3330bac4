/// A server that was started, as its supervisor wrote it down.
struct ServerState: Codable, Hashable, Sendable {
    /// The id of the start.
    var launch: String
    var supervisor: ProcessIdentity
    var server: ProcessIdentity
    var port: Int
    var apiKey: String
    var model: String
    var contextSize: Int

    /// Whether both processes live, and are the ones that were started.
    var isAlive: Bool { supervisor.isAlive && server.isAlive }

    var endpoint: LocalEndpoint {
        LocalEndpoint(baseURL: "http://127.0.0.1:\(port)/v1", apiKey: apiKey, model: model, contextSize: contextSize)
    }

    var running: LocalServerStatus.Running {
        LocalServerStatus.Running(
            pid: server.pid,
            supervisorPID: supervisor.pid,
            port: port,
            model: model,
            contextSize: contextSize,
            uptime: server.uptime,
            residentMemory: server.residentMemory
        )
    }
}
