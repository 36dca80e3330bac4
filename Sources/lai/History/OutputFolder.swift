import Glibc
import LAIProviders

/// A folder that files are written into, each whole or not at all, and for its owner only.
struct OutputFolder {
    let path: String

    /// Makes the folder where it is not there.
    init(_ path: String) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw LAIError(.file, "The folder \(path) cannot be made: \(String(cString: strerror(errno))).")
        }
    }

    func has(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    func write(_ text: String, to name: String) throws {
        let partial = "\(path)/.\(name).\(getpid())"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(name) }
        defer {
            close(descriptor)
            unlink(partial)
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(name) }
            rest = rest.dropFirst(count)
        }
        guard rename(partial, path + "/" + name) == 0 else { throw failure(name) }
    }

    private func failure(_ name: String) -> LAIError {
        LAIError(.file, "\(path)/\(name) cannot be written: \(String(cString: strerror(errno))).")
    }
}
