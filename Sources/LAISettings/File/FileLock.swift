internal import Glibc
internal import LAICore

/// Lets one process at a time change a file.
///
/// The lock is `flock` on a hidden file of its own beside the file: the file itself is replaced by each change, so a
/// lock on it would be one on the old text. The hidden file goes when the work is done.
enum FileLock {
    /// Runs the work while no one else does theirs on the same path. Waits for others up to the limit.
    ///
    /// - Throws: what the work throws; ``LAICore/LAIError`` with the code `file` when the lock cannot be had.
    static func withLock<Result>(
        for path: String, waiting limit: Duration = .seconds(10), _ work: () throws -> Result
    ) throws -> Result {
        let (directory, name) = FilePlace.split(path)
        let lock = "\(directory)/.\(name).lock"
        let deadline = ContinuousClock.now + limit
        while true {
            let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor < 0 { throw FileBytes.failure("lock", lock) }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                // Whoever had the lock may have removed the file between our open and our flock: then this one is
                // nobody's any more, and another process may hold its successor.
                guard isSame(descriptor, lock) else { continue }
                defer { unlink(lock) }
                return try work()
            }
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileBytes.failure("lock", lock) }
            guard ContinuousClock.now < deadline else {
                throw LAIError(.file, "\(path) is being changed by another program (it holds the lock \(lock)).")
            }
            usleep(5000)
        }
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var open = stat()
        var named = stat()
        return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
            && (open.st_dev, open.st_ino) == (named.st_dev, named.st_ino)
    }
}
