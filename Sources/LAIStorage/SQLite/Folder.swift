internal import LAICore

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Makes folders that their owner alone can look into.
enum Folder {
    /// Makes a folder, and those that lead to it, unless they are there.
    static func make(_ path: String) throws(LAIError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST && exists(path) { return }
        let cause = errno
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        guard cause == ENOENT, !parent.isEmpty else {
            let reason = cause == EEXIST ? "a file of that name is in the way" : String(cString: strerror(cause))
            throw LAIError(.file, "The folder \(path) cannot be made: \(reason).")
        }
        try make(parent)
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw LAIError(.file, "The folder \(path) cannot be made: \(String(cString: strerror(errno))).")
        }
    }

    /// The folder that a file is in.
    static func of(_ path: String) -> String {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return folder.isEmpty ? path.hasPrefix("/") ? "/" : "." : folder
    }

    /// Whether there is a folder of that name.
    static func exists(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }
}
