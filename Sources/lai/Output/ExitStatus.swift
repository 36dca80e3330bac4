import Glibc
import LAIProviders
import Synchronization

/// How the process ends. The codes are documented in `lai help` and stay as they are.
struct ExitStatus: Error, Hashable {
    let code: Int32

    static let success = ExitStatus(code: 0)
    /// A check found something wrong (`lai doctor`).
    static let unhealthy = ExitStatus(code: 1)
    static let usage = ExitStatus(code: 2)
    static let configuration = ExitStatus(code: 3)
    static let refused = ExitStatus(code: 4)
    static let network = ExitStatus(code: 5)
    static let cutShort = ExitStatus(code: 6)
    /// Ctrl-C (130), or another signal that asks to stop.
    static var interrupted: ExitStatus { ExitStatus(code: 128 + Signals.received.load(ordering: .relaxed)) }
    /// The reader of a pipe went away.
    static let brokenPipe = ExitStatus(code: 141)

    func exit() -> Never { Glibc.exit(code) }
}

extension ExitStatus {
    init(for error: LAIError) {
        switch error.code {
        case .configuration, .missingKey, .invalidKey, .file, .local: self = .configuration
        case .dns, .connection, .tls, .proxy, .timeout, .interrupted, .malformedResponse, .responseTooLarge: self = .network
        case .contentBlocked: self = .cutShort
        case .stopped: self = .interrupted
        default: self = .refused
        }
    }

    init(for end: StreamEnd) {
        switch end.reason {
        case .stop, .toolCalls: self = .success
        case .length, .contentFilter, .refusal: self = .cutShort
        case .stopped: self = .interrupted
        case .interrupted, .failed:
            // An answer of which a part was printed broke off, whoever's fault it was.
            let hasText = !end.message.text.isEmpty
            self = hasText ? .network : end.error.map { ExitStatus(for: $0) } ?? .network
        }
    }
}
