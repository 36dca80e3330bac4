/// Looks programs up as a shell would.
package enum SearchPath {
    /// The path of a program: itself where it has a slash, else the first in `PATH`; nil when it can't be run.
    package static func find(_ program: String, environment: [String: String]) -> String? {
        if program.contains("/") { return FileSystem.isExecutable(program) ? program : nil }
        return (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
            .split(separator: ":")
            .map { "\($0)/\(program)" }
            .first { FileSystem.isExecutable($0) }
    }
}
