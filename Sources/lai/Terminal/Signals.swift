import Dispatch
import Glibc

/// Ctrl-C and its kin.
enum Signals {
    /// A reader that went away shows as an error of the write, not as a signal.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Runs `body` in a task that Ctrl-C, SIGTERM and SIGHUP cancel; a second signal ends the process at once.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler {
                if task.isCancelled { ExitStatus(code: 128 + number).exit() }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
