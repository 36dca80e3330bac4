import AsyncHTTPClient
import Foundation
import LAIChat
import LAIServer
import LAIStorage
import Measuring
import Synchronization

/// What the server adds to a stream, and what many readers cost it. The server is a process of its own.
///
///     ServerBenchmark [streams] [idle readers] [deltas] [deltas a second]
@main
struct ServerBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "serve" { return try await serve(Array(arguments.dropFirst())) }
        let numbers = arguments.map { Int($0) ?? 0 }
        let streams = numbers.first ?? 200
        let idle = numbers.count > 1 ? numbers[1] : 0
        let deltas = numbers.count > 2 ? numbers[2] : 200
        let rate = numbers.count > 3 ? numbers[3] : 20
        let folder = NSTemporaryDirectory() + "lai-server-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = Process()
        server.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        server.arguments = ["serve", folder + "/lai.db", "\(deltas)", "\(rate)"]
        let output = Pipe()
        server.standardOutput = output
        try server.run()
        defer {
            server.interrupt()
            server.waitUntilExit()
        }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let readers = Readers(base: String(line.split(separator: "\n")[0].dropLast()))
        try await measure(readers, streams: streams, idle: idle, deltas: deltas)
        print("server: peak memory \(memory(of: server.processIdentifier)) MiB")
        try await readers.client.shutdown()
    }

    private static func measure(_ readers: Readers, streams: Int, idle: Int, deltas: Int) async throws {
        try await withThrowingTaskGroup(of: [Int]?.self) { group in
            let open = Counter()
            for _ in 0..<idle {
                group.addTask {
                    _ = try? await readers.idle { open.value.add(1, ordering: .relaxed) }
                    return nil
                }
            }
            while open.value.load(ordering: .relaxed) < idle { try await Task.sleep(for: .milliseconds(20)) }
            for _ in 0..<streams {
                group.addTask { try await readers.read(try await readers.ask()) }
            }
            var delays: [Int] = []
            var left = streams
            while left > 0, let result = try await group.next() {
                guard let result else { continue }
                delays += result
                left -= 1
            }
            group.cancelAll()
            delays.sort()
            func milliseconds(_ share: Double) -> String { "\(Double(ProcessUsage.quantile(delays, share)) / 1000) ms" }
            print("\(streams) streams, \(idle) idle readers: \(delays.count) of \(streams * deltas) deltas came while their reader was there; on their way p50 \(milliseconds(0.5)), p99 \(milliseconds(0.99))")
        }
    }

    private static func serve(_ arguments: [String]) async throws {
        let provider = PacedProvider(deltas: Int(arguments[1]) ?? 0, interval: .seconds(1) / (Int(arguments[2]) ?? 1))
        let database = try SQLiteDatabase(path: arguments[0])
        var configuration = ServerConfiguration()
        configuration.address = .tcp(host: "127.0.0.1", port: 0)
        let settled = configuration
        try await ChatStore.withStore(database) { store in
            try await LAIServer(store: store, host: PacedHost(provider: provider), configuration: settled).run { address in
                FileHandle.standardOutput.write(Data("\(address)\n".utf8))
            }
        }
    }

    /// The most resident memory that a process had, in MiB; 0 where the system does not say.
    private static func memory(of process: Int32) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }
}

private final class Counter: Sendable {
    let value = Atomic(0)
}
