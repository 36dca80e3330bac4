package import Glibc

/// How a process ended, as `waitpid` told it.
package enum ExitStatus: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)

    init(_ raw: Int32) {
        let signal = raw & 0x7f
        self = signal == 0 ? .code((raw >> 8) & 0xff) : .signal(signal)
    }

    /// As the end of a sentence: "It ended …".
    package var description: String {
        switch self {
        case .code(let code): "with exit status \(code)"
        case .signal(SIGILL): "because this processor lacks an instruction that it needs (signal \(SIGILL))"
        case .signal(SIGKILL): "because something killed it, perhaps for want of memory (signal \(SIGKILL))"
        case .signal(let signal): "by signal \(signal)"
        }
    }

    /// Waits for a child to end; nil when it is no child of this process.
    package static func wait(_ pid: pid_t) -> ExitStatus? {
        var raw: Int32 = 0
        while true {
            if waitpid(pid, &raw, 0) == pid { return ExitStatus(raw) }
            if errno != EINTR { return nil }
        }
    }
}
