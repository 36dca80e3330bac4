import Foundation

/// Runs `curl`, as a client that shares no code with the server under test.
enum Curl {
    struct Outcome {
        /// curl's exit code, 0 for a complete response.
        var code: Int32
        var output: String
    }

    static let path = "/usr/bin/curl"

    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }

    /// The exit codes of which the tests speak.
    static let couldNotConnect: Int32 = 7
    static let partialFile: Int32 = 18
    static let timedOut: Int32 = 28
    static let receiveError: Int32 = 56
    static let untrustedCertificate: Int32 = 60
    static let http2StreamError: Int32 = 92

    /// Runs curl without its configuration file and without the environment's proxies.
    ///
    /// - Parameter wanted: stops curl as soon as this was put out.
    static func run(_ arguments: String..., stoppingAfter wanted: String? = nil) async throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--disable", "--silent", "--no-buffer", "--max-time", "30"] + arguments
        process.environment = [:]
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        return await withCheckedContinuation { continuation in
            // Reading blocks, so it is done on a thread that no other task waits for.
            Thread.detachNewThread {
                var output = Data()
                while true {
                    let bytes = pipe.fileHandleForReading.availableData
                    if bytes.isEmpty { break }
                    output += bytes
                    // A child of a thread that blocks signals ignores the gentler ones.
                    if let wanted, String(decoding: output, as: UTF8.self).contains(wanted) {
                        kill(process.processIdentifier, SIGKILL)
                    }
                }
                process.waitUntilExit()
                let text = String(decoding: output, as: UTF8.self)
                continuation.resume(returning: Outcome(code: process.terminationStatus, output: text))
            }
        }
    }
}
