import Foundation
import LAIStorage

/// Kills programs that record streams, at random moments, and looks at what they kept.
///
///     KillTest [ROUNDS] [FOLDER]
///     KillTest full-disk FOLDER      FOLDER lies on a small file system, of 100 MiB or so, which is filled
///
/// In each round some programs receive streams through pipes, a delta a millisecond, and record them in one store. Each
/// is killed with `kill -9` at a random moment. Then the store must open, be whole, and hold each stream as finished or
/// interrupted, with a text that has no gap and ends at most 50 ms before what had been sent when the program died.
@main
struct KillTest {
    static let programs = 3

    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == "record" { return try await Recorder.run(path: arguments[2]) }
        if arguments.count == 3, arguments[1] == "full-disk" { return try await FullDisk.run(folder: arguments[2]) }
        let rounds = arguments.count > 1 ? Int(arguments[1]) ?? 200 : 200
        let folder = arguments.count > 2 ? arguments[2] : NSTemporaryDirectory() + "lai-kill-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        signal(SIGPIPE, SIG_IGN)
        var verdict = Verdict()
        for round in 1...rounds {
            let path = folder + "/store.db"
            try await withThrowingTaskGroup(of: Victim.self) { group in
                for _ in 0..<programs { group.addTask { try await Victim.live(path: path) } }
                for try await victim in group { verdict.victims.append(victim) }
            }
            try await verdict.check(path: path, round: round)
        }
        if arguments.count <= 2 { try? FileManager.default.removeItem(atPath: folder) }
        print(verdict.summary(rounds: rounds))
        if !verdict.failures.isEmpty {
            for failure in verdict.failures { FileHandle.standardError.write(Data((failure + "\n").utf8)) }
            exit(1)
        }
    }
}
