import Glibc
import LAICore

/// Removes all that LAI put into its folder, and nothing else.
struct Removal {
    var files: StoreFiles
    var cancellation: Cancellation

    func run() throws {
        guard FileSystem.exists(files.directory) else { return }
        try FileLock.withLock(files.lock, cancellation: cancellation) {
            for name in FileSystem.names(in: files.servers) { try removeServer(files.server(name)) }
            for name in ["servers", "models", "runtime", "downloads", "tmp", "setup.lock"] {
                try FileSystem.remove("\(files.directory)/\(name)")
            }
        }
        rmdir(files.directory)  // stays where somebody else put something into it
    }

    private func removeServer(_ server: ServerFiles) throws {
        try FileLock.withLock(server.lock, cancellation: cancellation) {
            ServerControl(files: server).end()
            try FileSystem.remove(server.directory)
        }
    }
}
