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

    /// - Parameter folder: where the files of all processes are.
    init(folder: String) throws(LAIError) {
        id = ID<OwnerSubject>().description
        self.folder = folder
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LAIError(.file, "The folder \(folder) cannot be made: \(error).", cause: error)
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
        if other == id { return true }
        let path = folder + "/" + other
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
        unlink(path)
        return false
    }
}
