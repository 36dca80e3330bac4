internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A file that one process at a time may hold. The system lets it go with the process. LAILocal and LAISettings have locks
/// of their own: theirs can be given up while waiting, or go with their file, and all that the three share is one call.
enum FileLock {
    /// Runs the body while this process holds the file, and waits for those who hold it before.
    static func withLock<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LAIError(.file, "\(path) cannot be written: \(String(cString: strerror(errno))).") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            if errno != EINTR { throw LAIError(.file, "\(path) cannot be locked: \(String(cString: strerror(errno))).") }
        }
        return try body()
    }
}
