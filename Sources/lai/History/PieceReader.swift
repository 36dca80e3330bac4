import Glibc
import LAILocal
import LAIProviders

/// Gives bytes piece by piece.
protocol PieceReader: AnyObject {
    /// The next piece; nil at the end.
    func read() throws -> [UInt8]?
    /// Checks, after the end, that all of it came.
    func finish() throws
}

/// A file, or standard input.
final class FilePieces: PieceReader {
    private let reader: InputStreamReader

    init(_ descriptor: Int32, _ name: String) { reader = InputStreamReader(descriptor: descriptor, name: name, size: 1 << 20) }

    deinit { if reader.descriptor != STDIN_FILENO { close(reader.descriptor) } }

    func read() throws -> [UInt8]? { try reader.read() }
    func finish() {}
}

/// What a command writes on its standard output. The command ends with the reader.
final class CommandOutput: PieceReader {
    private let reader: InputStreamReader
    private let name: String
    private var child: pid_t?

    init(_ arguments: [String], _ environment: [String: String]) throws {
        name = arguments[0]
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw LAIError(.file, "\(arguments[0]) cannot be started: \(String(cString: strerror(errno))).") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        reader = InputStreamReader(descriptor: ends[0], name: arguments[0], size: 1 << 16)
        child = try ChildProcess(arguments: arguments, environment: environment, output: .standardOutput(ends[1]), group: .inherited).spawn()
    }

    deinit {
        close(reader.descriptor)
        if let child {
            kill(child, SIGTERM)
            _ = LAILocal.ExitStatus.wait(child)
        }
    }

    func read() throws -> [UInt8]? { try reader.read() }

    func finish() throws {
        guard let child else { return }
        self.child = nil
        let status = LAILocal.ExitStatus.wait(child)
        if status != .code(0) { throw LAIError(.file, "\(name) could not read all of it: the file is damaged, or of a kind that it does not know.") }
    }
}
