import Glibc
import Synchronization

/// Wakes a thread that waits for keys, and says why.
final class Wake: Sendable {
    struct Reasons: OptionSet, Sendable {
        let rawValue: Int
        /// Ctrl-C.
        static let interrupt = Reasons(rawValue: 1)
        /// The window has another size.
        static let resize = Reasons(rawValue: 2)
        /// The program was asleep, and the terminal may show something else.
        static let redraw = Reasons(rawValue: 4)
        /// The chat is to end.
        static let end = Reasons(rawValue: 8)
    }

    private let reasons = Mutex(Reasons())
    /// Readable while there is a reason.
    let descriptor: Int32
    private let writer: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw UsageError("LAI cannot open a socket: \(String(cString: strerror(errno))).")
        }
        (descriptor, writer) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    func callAsFunction(_ reason: Reasons) {
        let isFirst = reasons.withLock { reasons in
            defer { reasons.insert(reason) }
            return reasons.isEmpty
        }
        guard isFirst else { return }
        var byte: UInt8 = 0
        _ = write(writer, &byte, 1)
    }

    /// Why it was woken since the last time.
    func take() -> Reasons {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) > 0 {}
        return reasons.withLock { reasons in
            defer { reasons = [] }
            return reasons
        }
    }

    /// Forgets a Ctrl-C that came before it could mean anything.
    func forgetInterrupt() { reasons.withLock { _ = $0.remove(.interrupt) } }
}
