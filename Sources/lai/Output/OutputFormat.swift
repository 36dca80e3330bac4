import ArgumentParser
import LAIChat
import LAIProviders

/// How an answer goes out.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, ndjson

    /// Runs what prints an answer. Where other programs read, a failure before the answer is an object too: whatever
    /// happens, there is one to read.
    /// - Parameter name: the model that was asked for, as provider/model.
    func answering(for name: String? = nil, _ body: () async throws -> ExitStatus) async throws -> ExitStatus {
        do { return try await body() } catch let error as LAIError where self != .text {
            return printFailure(error, name, exit: ExitStatus(for: error))
        } catch let error as UsageError where self != .text {
            return printFailure(LAIError(.invalidRequest, error.message), name, exit: .usage)
        }
    }

    private func printFailure(_ error: LAIError, _ name: String?, exit status: ExitStatus) -> ExitStatus {
        var end = StreamEnd(.failed, error: error)
        end.attempts = 0
        let parts = name?.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) ?? []
        let object = EndObject(
            end: end, provider: error.provider ?? (parts.count == 2 ? parts[0] : nil), model: parts.count == 2 ? parts[1] : nil)
        Terminal.out(object.line(self) + "\n")
        return status
    }
}

extension EndObject {
    /// The object as a format prints it.
    func line(_ format: OutputFormat) -> String { (format == .ndjson ? event : json).text }
}
