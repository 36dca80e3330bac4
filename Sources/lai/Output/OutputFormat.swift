import ArgumentParser
import LAIProviders

/// How an answer goes out.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, ndjson

    /// Runs what prints an answer. Where other programs read, a failure before the answer is an object too: whatever
    /// happens, there is one to read.
    func answering(_ body: () async throws -> ExitStatus) async throws -> ExitStatus {
        do { return try await body() } catch let error as LAIError where self != .text {
            return printFailure(error, exit: ExitStatus(for: error))
        } catch let error as UsageError where self != .text {
            return printFailure(LAIError(.invalidRequest, error.message), exit: .usage)
        }
    }

    private func printFailure(_ error: LAIError, exit status: ExitStatus) -> ExitStatus {
        var end = StreamEnd(.failed, error: error)
        end.attempts = 0
        Terminal.out(EndObject(end: end, provider: error.provider).line(self) + "\n")
        return status
    }
}
