import Glibc

/// Looks at and ends the server that a folder's files tell of.
struct ServerControl {
    var files: ServerFiles

    /// The server that runs now; nil when none does, also when the files tell of one that was killed.
    var current: ServerState? {
        guard let state = files.read(ServerState.self, files.state), state.isAlive else { return nil }
        return state
    }

    func status(isSetUp: Bool) -> LocalServerStatus {
        guard let state = current else { return isSetUp ? .stopped : .notSetUp }
        return Self.answers(state, timeout: .seconds(2)) ? .running(state.running) : .loading(state.running)
    }

    /// Whether the server says that it is ready, and is the one that was started.
    static func answers(_ state: ServerState, timeout: Duration) -> Bool {
        LoopbackHTTP.get("/health", port: state.port, timeout: timeout)?.status == 200
            && ListeningSocket.belongs(to: state.server.pid, port: state.port) != false
    }

    /// Ends whatever of the recorded processes still lives, and forgets them. The caller holds the lock.
    func end() {
        if let state = files.read(ServerState.self, files.state) {
            // The supervisor ends the server itself; a server whose supervisor was killed is ended here.
            state.supervisor.end(grace: .seconds(6))
            state.server.end(grace: Supervision.grace)
        }
        unlink(files.state)
        unlink(files.key)
    }
}
