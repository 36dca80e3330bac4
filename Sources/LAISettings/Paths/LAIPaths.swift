internal import Glibc
internal import LAICore

/// Where LAI keeps its files: the XDG directories, or one directory of its own.
///
/// With `LAI_HOME` set and not empty, everything lies below it. Otherwise each directory is `lai` below the variable of
/// the XDG Base Directory Specification, or below the default that the specification names. The specification says that
/// a relative path in such a variable is invalid and to be ignored; so it is, and an empty variable counts as unset.
///
/// Making a value touches no file: whoever writes first creates the directory.
public struct LAIPaths: Sendable, Equatable {
    /// The configuration file.
    public let config: String
    /// The directory of what must not be lost: the store of conversations.
    public let data: String
    /// The directory of what can be fetched again: downloaded models.
    public let cache: String
    /// The directory of what may outlive a restart but matters to this machine only: logs, sockets, histories.
    public let state: String
    /// The person's home directory, where it is known.
    public let home: String?

    /// Finds the directories.
    ///
    /// - Parameters:
    ///   - environment: the variables to read; nothing else is consulted for them.
    ///   - workingDirectory: what a relative `LAI_HOME` is relative to; the process's own when nil.
    /// - Throws: ``LAICore/LAIError`` with the code `configuration` when neither `LAI_HOME` nor `HOME` says where to go.
    public init(environment: [String: String], workingDirectory: String? = nil) throws {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? Self.trimmed($0) : nil }
        self.home = home
        if let own = environment["LAI_HOME"], !own.isEmpty {
            let base = try Self.absolute(own, home: home, workingDirectory: workingDirectory)
            config = Self.join(base, "config.toml")
            data = Self.join(base, "data")
            cache = Self.join(base, "cache")
            state = Self.join(base, "state")
            return
        }
        func directory(_ variable: String, _ fallback: String) throws -> String {
            if let value = environment[variable], value.hasPrefix("/") { return Self.join(Self.trimmed(value), "lai") }
            guard let home else {
                throw LAIError(
                    .configuration,
                    "HOME holds no absolute path, so there is no place for LAI's files; set HOME or LAI_HOME."
                )
            }
            return Self.join(home, fallback + "/lai")
        }
        config = Self.join(try directory("XDG_CONFIG_HOME", ".config"), "config.toml")
        data = try directory("XDG_DATA_HOME", ".local/share")
        cache = try directory("XDG_CACHE_HOME", ".cache")
        state = try directory("XDG_STATE_HOME", ".local/state")
    }

    /// The absolute path of a file that a setting names: `~/` is the home directory, and a relative path starts at the
    /// directory of the configuration file, so that a setting means the same wherever the program was started.
    ///
    /// - Throws: ``LAICore/LAIError`` with the code `configuration` for `~/` without a home directory.
    public func expand(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        if path == "~" || path.hasPrefix("~/") { return try Self.inHome(path, home: home) }
        let directory = config.lastIndex(of: "/").map { config[..<$0] } ?? "."
        return Self.join(String(directory), path)
    }

    private static func absolute(_ path: String, home: String?, workingDirectory: String?) throws -> String {
        if path.hasPrefix("/") { return trimmed(path) }
        if path == "~" || path.hasPrefix("~/") { return trimmed(try inHome(path, home: home)) }
        if let workingDirectory { return trimmed(join(trimmed(workingDirectory), path)) }
        guard let current = getcwd(nil, 0) else {
            throw LAIError(
                .configuration,
                "LAI_HOME is the relative path \(path), but the working directory is gone; set an absolute path."
            )
        }
        defer { free(current) }
        return trimmed(join(trimmed(String(cString: current)), path))
    }

    private static func inHome(_ path: String, home: String?) throws -> String {
        guard let home else {
            throw LAIError(.configuration, "\(path) starts at the home directory, but HOME holds no absolute path.")
        }
        return path == "~" ? home : join(home, String(path.dropFirst(2)))
    }

    private static func join(_ base: String, _ name: String) -> String {
        base == "/" ? "/" + name : base + "/" + name
    }

    /// Without the slashes at the end, which would double in every path below.
    private static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }
}
