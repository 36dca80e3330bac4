import Glibc
import LAICore

/// An exclusive lock between processes, and between threads (`flock`). The kernel frees it when its holder is killed.
enum FileLock {
    /// Waits for the lock, asking 20 times a second, and holds it while `body` runs.
    /// - Throws: `CancellationError` when cancelled while waiting; what `body` throws.
    static func withLock<Value>(
        _ path: String,
        cancellation: Cancellation,
        onWaiting: () -> Void = {},
        _ body: () throws -> Value
    ) throws -> Value {
        while true {
            try cancellation.check()
            if let descriptor = try attempt(path) {
                defer { close(descriptor) }
                return try body()
            }
            onWaiting()
            usleep(50_000)
        }
    }

    /// Runs `body` under the lock if nobody holds it; else returns nil at once.
    static func withLockIfFree<Value>(_ path: String, _ body: () throws -> Value) throws -> Value? {
        guard let descriptor = try attempt(path) else { return nil }
        defer { close(descriptor) }
        return try body()
    }

    private static func attempt(_ path: String) throws -> Int32? {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw systemError("LAI cannot open the lock \(path)") }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(descriptor)
                if code == EWOULDBLOCK { return nil }
                throw systemError("LAI cannot lock \(path)", code)
            }
            // Whoever held it before may have removed the file: then this would be a lock on nothing.
            var held = stat()
            var named = stat()
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino { return descriptor }
            close(descriptor)
        }
    }
}
