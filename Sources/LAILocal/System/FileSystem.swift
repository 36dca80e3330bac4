import FoundationEssentials
import Glibc
import LAICore

/// The few things done with files here, private to the user (0700, 0600) and with errors as sentences.
enum FileSystem {
    /// Makes a directory and those above it that are missing.
    static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || (errno == EEXIST && isDirectory(path)) { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw systemError("LAI cannot make the directory \(path)")
        }
        try makeDirectory(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || (errno == EEXIST && isDirectory(path)) else {
            throw systemError("LAI cannot make the directory \(path)")
        }
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// The size of a file in bytes; nil when there is none.
    static func size(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// The bytes in all files at or below a path. Files that vanish meanwhile count nothing.
    static func treeSize(_ path: String) -> Int64 {
        var status = stat()
        guard lstat(path, &status) == 0 else { return 0 }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int64(status.st_size)
        case S_IFDIR: return names(in: path).reduce(0) { $0 + treeSize("\(path)/\($1)") }
        default: return 0
        }
    }

    /// The names in a directory, sorted; none when it does not exist.
    static func names(in path: String) -> [String] {
        // A directory that cannot be read is treated as an absent one: whoever then writes there gets the reason.
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Removes a file or a whole tree, links themselves and not what they point to; nothing happens when there is none.
    static func remove(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        let isTree = status.st_mode & S_IFMT == S_IFDIR
        if isTree { for name in names(in: path) { try remove("\(path)/\(name)") } }
        guard (isTree ? rmdir(path) : unlink(path)) == 0 || errno == ENOENT else {
            throw systemError("LAI cannot remove \(path)")
        }
    }

    /// Renames over whatever file is there: atomic, so that a reader sees the old or the new.
    static func rename(_ source: String, to target: String) throws {
        guard Glibc.rename(source, target) == 0 else { throw systemError("LAI cannot move \(source) to \(target)") }
    }

    /// Writes a private file in one step: a reader sees all of it or the one before.
    static func write(_ data: Data, to path: String) throws {
        let temporary = path + "." + UUID().uuidString
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw systemError("LAI cannot write \(path)") }
        do {
            defer { close(descriptor) }
            try data.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if count < 0 && errno == EINTR { continue }
                    guard count > 0 else { throw systemError("LAI cannot write \(path)") }
                    rest = rest.dropFirst(count)
                }
            }
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// The last `limit` bytes of a file; nil when it cannot be read.
    static func tail(_ path: String, limit: Int = 65_536) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The files of /proc have no size: there the seek leaves the position at the start.
        if let size = size(path), size > limit { lseek(descriptor, off_t(size) - off_t(limit), SEEK_SET) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < limit {
            let count = read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes that a user without privileges may still write to the file system of `path`; nil when unknown.
    static func freeSpace(_ path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
