import Foundation
import LAICore
import LAIStreaming

/// A program that received a stream and was killed.
struct Victim: Sendable {
    var message: MessageID
    /// When each delta was sent, in microseconds.
    var sent: [Int]
    /// Just before it was killed.
    var killed: Int
    var wasWhole: Bool

    static func live(path: String) async throws -> Victim {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["record", path]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let message = MessageID(line.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw Failure("A program did not start: \(line)") }
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let life = Int.random(in: 5_000...600_000)
                let isWhole = Int.random(in: 0..<5) == 0
                let writer = input.fileHandleForWriting.fileDescriptor
                let end = now() + life
                var victim = Victim(message: message, sent: [], killed: 0, wasWhole: false)
                while now() < end {
                    let stamp = now()
                    send(#"data: {"choices":[{"delta":{"content":"\#(stamp)|"}}]}"# + "\n\n", to: writer)
                    victim.sent.append(stamp)
                    usleep(1000)
                }
                if isWhole {
                    send(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n", to: writer)
                    victim.wasWhole = true
                    usleep(UInt32.random(in: 0...60_000))
                }
                victim.killed = now()
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                continuation.resume(returning: victim)
            }
        }
    }

    private static func send(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Microseconds of a clock that all programs share.
    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1000
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
