internal import FoundationEssentials
internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Shows to other processes that this one lives: a file that it keeps locked. The system lets the lock go with the
/// process, however that ends, and no process number can be mistaken for another.
final class OwnerLock: Sendable {
    private enum OwnerSubject {}

    let id: String
    private let folder: String
    private let descriptor: Int32

    /// Only one process at a time may make one: a file that is not locked yet would be taken for a dead process's.
    /// - Parameter folder: where the files of all processes are.
    init(folder: String) throws(LAIError) {
        id = ID<OwnerSubject>().description
        self.folder = folder
        try Folder.make(folder)
        for other in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            _ = OwnerLock.isAlive(folder + "/" + other)
        }
        descriptor = open(folder + "/" + id, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw LAIError(.file, "The folder \(folder) cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    deinit {
        unlink(folder + "/" + id)
        close(descriptor)
    }

    /// Whether the process of that id lives.
    func isAlive(_ other: String) -> Bool {
        other == id || OwnerLock.isAlive(folder + "/" + other)
    }

    /// How many processes hold a file in the folder.
    static func living(in folder: String) -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).count { isAlive(folder + "/" + $0) }
    }

    /// Whether a process holds the file; one that nobody holds goes.
    private static func isAlive(_ path: String) -> Bool {
        let writable = open(path, O_RDWR | O_CLOEXEC)
        let descriptor = writable < 0 && errno != ENOENT ? open(path, O_RDONLY | O_CLOEXEC) : writable
        // One that this process may not open is another's, who may well live.
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
        unlink(path)
        return false
    }
}
