import Glibc
import Synchronization

/// Lets a signal, or the end of the server, wake the supervisor from its wait.
struct WakePipe: Sendable {
    /// The end that a signal handler writes to: a handler may do little more.
    private static let writeEnd = Atomic<Int32>(-1)
    private static let terminated = Atomic<Bool>(false)

    private let readEnd: Int32

    /// Whether SIGTERM came.
    var isTerminated: Bool { Self.terminated.load(ordering: .acquiring) }

    /// Makes the pipe, ignores what a terminal would send, and takes SIGTERM. Once a process.
    init() throws {
        let ends = try SocketPair.make(nonBlocking: true)
        readEnd = ends.reading
        Self.terminated.store(false, ordering: .releasing)
        Self.writeEnd.store(ends.writing, ordering: .releasing)
        for number in [SIGINT, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
        signal(SIGTERM) { _ in
            WakePipe.terminated.store(true, ordering: .releasing)
            WakePipe.wake()
        }
    }

    /// Ends the wait that is going on, or the next.
    static func wake() {
        var byte: UInt8 = 1
        write(writeEnd.load(ordering: .acquiring), &byte, 1)  // a full pipe wakes as well
    }

    /// Waits until somebody wakes, or until the time is over.
    func wait(_ time: Duration) {
        var waiting = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        if poll(&waiting, 1, Int32(clamping: max(1, milliseconds))) > 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            _ = read(readEnd, &bytes, bytes.count)
        }
    }
}
