internal import Glibc
internal import LAICore

/// Reads and writes whole small files.
enum FileBytes {
    /// The largest file that is read. A configuration file of that size is some other file.
    static let largest = 1 << 20

    /// The bytes of a file; nil when it does not exist.
    ///
    /// - Throws: ``LAICore/LAIError`` with the code `file` when it exists and cannot be read, or is too large.
    static func read(_ path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw failure("read", path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while bytes.count <= largest {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", path)
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw LAIError(.file, "\(path) has more than \(largest) bytes, so it is no configuration file.")
    }

    /// Puts the bytes into a file at once: a reader, and a machine that loses power, find the old text or the new one.
    ///
    /// The new file takes the old one's mode and owner. A path that is a symbolic link has to be followed before.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let (directory, name) = FilePlace.split(path)
        let temporary = "\(directory)/.\(name).\(getpid()).\(UInt32.random(in: .min ... .max))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw failure("write", temporary) }
        var isDone = false
        defer {
            close(descriptor)
            if !isDone { unlink(temporary) }
        }
        try takeAttributes(of: path, to: descriptor, temporary)
        try write(bytes, to: descriptor, temporary)
        if fsync(descriptor) != 0 { throw failure("write", temporary) }
        if rename(temporary, path) != 0 { throw failure("write", path) }
        isDone = true
        try syncDirectory(directory)
    }

    private static func takeAttributes(of path: String, to descriptor: Int32, _ temporary: String) throws {
        var old = stat()
        var new = stat()
        if stat(path, &old) != 0 {
            if errno == ENOENT { return }
            throw failure("read", path)
        }
        guard old.st_mode & S_IFMT == S_IFREG else {
            throw LAIError(.file, "\(path) is no regular file, so its text cannot be replaced.")
        }
        if fstat(descriptor, &new) != 0 { throw failure("read", temporary) }
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid), fchown(descriptor, old.st_uid, old.st_gid) != 0 {
            throw failure("keep the owner of", path)
        }
        if fchmod(descriptor, old.st_mode & 0o7777) != 0 { throw failure("keep the mode of", path) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write", path)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes the new name in a directory last.
    private static func syncDirectory(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw failure("read", path) }
        defer { close(descriptor) }
        // Some file systems cannot sync a directory (EINVAL); on them there is nothing to wait for.
        if fsync(descriptor) != 0, errno != EINVAL { throw failure("write", path) }
    }

    static func failure(_ verb: String, _ path: String, _ code: Int32 = errno) -> LAIError {
        LAIError(.file, "Cannot \(verb) \(path): \(String(cString: strerror(code))).")
    }
}
