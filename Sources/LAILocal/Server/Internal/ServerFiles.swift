import FoundationEssentials
import Glibc

/// The files about one model's server. The folder is the user's alone, and so is each file in it.
struct ServerFiles: Sendable {
    let directory: String

    /// Held while it is decided whether a server runs, and while one is started or ended.
    var lock: String { directory + "/start.lock" }
    /// What the supervisor that is to run should do.
    var launch: String { directory + "/launch.json" }
    /// The server that runs. It is written by the supervisor, and gone when the supervisor has ended in order.
    var state: String { directory + "/state.json" }
    /// How the last server ended.
    var exit: String { directory + "/exit.json" }
    /// Its time of modification says when somebody last wanted the server.
    var lease: String { directory + "/lease" }
    /// The key, as the server program reads it.
    var key: String { directory + "/api-key" }
    /// What the supervisor and the server print. Emptied at every start, and when it grows past a bound.
    var log: String { directory + "/server.log" }

    /// A file's value; nil when it is absent, or not what it should be: then it was never completed.
    func read<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
        guard let text = FileSystem.tail(path) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(text.utf8))
    }

    func write(_ value: some Encodable, to path: String) throws {
        try FileSystem.write(JSONEncoder().encode(value), to: path)
    }

    /// Sets the lease to now; without a lease (no server was ever started) nothing happens.
    func touchLease() {
        utimensat(AT_FDCWD, lease, nil, 0)
    }

    /// When the lease was last touched, in nanoseconds: only to be compared with another such time.
    var leaseTime: Int64? {
        var status = stat()
        guard stat(lease, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
