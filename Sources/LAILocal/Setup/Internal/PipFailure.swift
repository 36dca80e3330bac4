import LAICore

/// Turns the pages that pip or Python prints when it fails into one sentence.
enum PipFailure {
    private static let networkSigns = [
        "connection broken by", "NewConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "Read timed out",
        "Name or service not known", "Temporary failure in name resolution", "Network is unreachable", "ProxyError",
        "SSLError", "CERTIFICATE_VERIFY_FAILED", "ConnectionResetError", "IncompleteRead", "Max retries exceeded",
    ]

    static func error(_ what: String, _ run: CommandRun) -> LAIError {
        let output = run.output
        if output.contains("No space left on device") || output.contains("Disk quota exceeded") {
            return diskFull(what)
        }
        let last = lastLine(run)
        if output.contains("DO NOT MATCH THE HASHES") || output.contains("Hashes are required in --require-hashes") {
            return LAIError(
                .local,
                "\(what): what the package index served is not the pinned file, so it was refused. pip said: \(last)"
            )
        }
        if networkSigns.contains(where: output.contains) {
            return LAIError(
                .local,
                "\(what): the package index could not be reached; check the network and pip's settings (pip config list). pip said: \(last)",
                isRetryable: true
            )
        }
        if output.contains("No matching distribution") {
            return LAIError(
                .local,
                "\(what): the package index that pip is set to does not have it for this system. pip said: \(last)"
            )
        }
        return LAIError(.local, "\(what): \(last)")
    }

    /// The last line that pip marked as an error, else the last one.
    private static func lastLine(_ run: CommandRun) -> String {
        let line = run.lines.last { $0.hasPrefix("ERROR: ") }?.dropFirst("ERROR: ".count) ?? run.lines.last
        guard let line else { return "it ended \(run.status.description)." }
        let short = line.prefix(300).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return short.hasSuffix(".") ? short : short + "."
    }
}
