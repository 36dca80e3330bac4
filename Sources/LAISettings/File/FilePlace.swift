internal import Glibc
internal import LAICore

/// Works with the path of a file.
enum FilePlace {
    /// The directory and the name of a file.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = path[..<slash]
        return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
    }

    /// The file that a path stands for: symbolic links at its end are followed, also to a file that is not there yet.
    static func following(_ path: String) throws -> String {
        var path = path
        // As many links as Linux itself follows.
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &buffer, buffer.count)
            if count < 0 {
                // What is no link (EINVAL) or does not exist is the file itself.
                if errno == EINVAL || errno == ENOENT { return path }
                throw FileBytes.failure("read", path)
            }
            let target = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = target.hasPrefix("/") ? target : split(path).directory + "/" + target
        }
        throw FileBytes.failure("read", path, ELOOP)
    }

    /// Creates a directory and those above it that are missing, for their owner only.
    static func createDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, case let parent = split(path).directory, parent != path else {
            throw FileBytes.failure("create", path)
        }
        try createDirectory(parent)
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileBytes.failure("create", path) }
    }
}
