import Synchronization

/// How the server ended, once it has; set by the thread that waits for it.
final class ChildEnd: Sendable {
    private let status = Mutex<ExitStatus?>(nil)

    var value: ExitStatus? { status.withLock { $0 } }

    /// Waits for the child on a thread of its own, then wakes the supervisor.
    func watch(_ pid: Int32) throws {
        try startThread { [self] in
            let ended = ExitStatus.wait(pid) ?? .code(-1)
            status.withLock { $0 = ended }
            WakePipe.wake()
        }
    }
}
