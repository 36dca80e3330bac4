import Glibc
import LAIProviders
import Synchronization

/// Reads a descriptor to its end.
struct InputStreamReader {
    let descriptor: Int32
    /// What it reads, for sentences.
    let name: String
    /// The most bytes of a piece.
    var size = 1 << 16

    /// All bytes; nil when there are more than `limit`, the rest of which is not read.
    func read(upTo limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while let piece = try read() {
            bytes += piece
            if bytes.count > limit { return nil }
        }
        return bytes
    }

    /// The next piece; nil at the end.
    func read() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: size)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { return Array(buffer[..<count]) }
            if count == 0 { return nil }
            if errno == EISDIR, descriptor == STDIN_FILENO { return nil }
            if errno == EAGAIN {
                // Whoever started the program left the descriptor so.
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                Glibc.poll(&poll, 1, -1)
                continue
            }
            if errno != EINTR { throw UsageError("\(name) cannot be read: \(String(cString: strerror(errno))).") }
        }
    }
}

/// The file that `--record` writes: readable by its owner only, each line written as it comes.
final class RecordingFile: Sendable {
    private let descriptor: Int32
    private let hasFailed = Atomic(false)

    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw UsageError("--record: \(path) cannot be written: \(String(cString: strerror(errno))).") }
    }

    deinit { close(descriptor) }

    @Sendable func append(_ line: String) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                // The answer is worth more than its recording: it goes on.
                if !hasFailed.exchange(true, ordering: .relaxed) {
                    Terminal.complain("The recording broke off: \(String(cString: strerror(errno))).")
                }
                return
            }
        }
    }
}
