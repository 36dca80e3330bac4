import Glibc
import LAICore

/// A command run to its end, with its output kept (the last 64 KiB of it).
package struct CommandRun: Sendable {
    package var status: ExitStatus
    package var output: String

    package var succeeded: Bool { status == .code(0) }
    /// The lines of the output that hold something.
    var lines: [Substring] { output.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) } }

    private static let outputLimit = 65_536

    /// Runs a command and waits for it, calling `onTick` about five times a second.
    /// - Throws: `CancellationError` when cancelled; the command, and all that it started, is ended before.
    package static func run(
        _ arguments: [String],
        environment: [String: String],
        cancellation: Cancellation,
        onTick: () -> Void = {}
    ) throws -> CommandRun {
        try cancellation.check()
        let ends = try SocketPair.make()
        defer { close(ends.reading) }
        let command = ChildProcess(
            arguments: arguments,
            environment: environment,
            output: .descriptor(ends.writing),
            group: .own
        )
        let spawned = Result { try command.spawn() }
        close(ends.writing)
        let pid = try spawned.get()

        var output: [UInt8] = []
        do {
            while try readOnce(ends.reading, into: &output) {
                try cancellation.check()
                onTick()
            }
        } catch {
            end(group: pid)
            throw error
        }
        // The pipe is closed: the command has ended or is just about to.
        guard let status = ExitStatus.wait(pid) else { throw systemError("LAI lost sight of \(arguments[0])") }
        return CommandRun(status: status, output: String(decoding: output, as: UTF8.self))
    }

    /// Reads what there is, or waits 0.2 s for it; false at the end.
    private static func readOnce(_ descriptor: Int32, into output: inout [UInt8]) throws -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&waiting, 1, 200)
        if ready == 0 || (ready < 0 && errno == EINTR) { return true }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 && errno == EINTR { return true }
        guard count >= 0 else { throw systemError("LAI cannot read a command's output") }
        output += buffer[..<count]
        if output.count > 2 * outputLimit { output.removeFirst(output.count - outputLimit) }
        return count > 0
    }

    private static func end(group pid: pid_t) {
        kill(-pid, SIGTERM)
        let deadline = ContinuousClock.now + .seconds(2)
        var raw: Int32 = 0
        while .now < deadline {
            if waitpid(pid, &raw, WNOHANG) == pid {
                kill(-pid, SIGKILL)  // what it had started itself
                return
            }
            usleep(10_000)
        }
        kill(-pid, SIGKILL)
        _ = ExitStatus.wait(pid)
    }
}
