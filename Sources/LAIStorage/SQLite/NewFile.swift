internal import FoundationEssentials
internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A file that is written under another name, for its owner only, and gets its name when it is whole.
struct NewFile: ~Copyable {
    /// Where it is meanwhile.
    let partial: String
    private static let suffixes = ["", "-journal", "-wal", "-shm"]
    private let path: String
    private let descriptor: Int32

    /// - Parameter path: the name it is to have.
    /// - Throws: ``LAIError`` with the code `file` when it cannot be made.
    init(_ partial: String, for path: String) throws(LAIError) {
        self.partial = partial
        self.path = path
        // What an attempt that was killed left would be taken for a part of this one.
        for suffix in NewFile.suffixes { unlink(partial + suffix) }
        descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NewFile.failure(path) }
    }

    /// What has no name of its own by now goes.
    deinit {
        close(descriptor)
        for suffix in NewFile.suffixes { unlink(partial + suffix) }
    }

    /// Gives the file its name, unless there is another of that name.
    func take() throws(LAIError) {
        guard fsync(descriptor) == 0 else { throw NewFile.failure(path) }
        if link(partial, path) == 0 { return }
        // File systems of memory sticks know no links; there a look must do.
        if errno != EEXIST, !FileManager.default.fileExists(atPath: path), rename(partial, path) == 0 { return }
        throw NewFile.failure(path)
    }

    /// Gives the file its name, in the place of another of that name.
    func replace() throws(LAIError) {
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw NewFile.failure(path) }
    }

    private static func failure(_ path: String) -> LAIError {
        errno == EEXIST
            ? LAIError(.file, "There is a file \(path) already: choose another name, or move it away.")
            : LAIError(.file, "\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
