import Foundation
import LAICore
import Testing

@testable import LAILocal

@Suite struct SystemTests {
    @Test(
        "finds the line of a log that says most",
        arguments: [
            (
                "0.00.1 I srv  start: fine\n0.00.2 E srv  load: no file\n0.00.3 E srv  main: exiting due to an error\n",
                "load: no file"
            ),
            ("Traceback:\n  File \"x\"\nKeyError: 1\n\n", "KeyError: 1"),
            ("", ""),
        ]
    )
    func log(text: String, line: String) throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { unlink(path) }
        #expect(ServerLog.lastMeaningfulLine(path) == line)
    }

    @Test("empties a log that has grown too long")
    func trim() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { unlink(path) }
        try Data(repeating: 10, count: Int(ServerLog.limit)).write(to: URL(filePath: path))
        ServerLog.trim(path)
        #expect(FileSystem.size(path) == ServerLog.limit)
        try Data(repeating: 10, count: Int(ServerLog.limit) + 1).write(to: URL(filePath: path))
        ServerLog.trim(path)
        #expect(FileSystem.size(path) == 0)
    }

    @Test("keeps the end of a long output, and how the command ended")
    func output() throws {
        let run = try CommandRun.run(
            ["sh", "-c", "seq 1 100000; exit 3"],
            environment: ProcessInfo.processInfo.environment,
            cancellation: Cancellation()
        )
        #expect(run.status == .code(3) && run.lines.last == "100000" && run.output.utf8.count < 200_000)
    }

    @Test("tells a process from a later one with its number")
    func identity() throws {
        let mine = try #require(ProcessIdentity(pid: getpid()))
        #expect(mine.isAlive && mine.residentMemory > 0)
        #expect(!ProcessIdentity(pid: mine.pid, startTime: mine.startTime + 1).isAlive)
        #expect(ProcessIdentity(pid: 0) == nil)
    }

    @Test("gets no answer where nobody listens, and knows whose a port is")
    func loopback() throws {
        let port = try LoopbackAddress.freePort()
        #expect(LoopbackHTTP.get("/", port: port, timeout: .seconds(1)) == nil)
        #expect(ListeningSocket.belongs(to: getpid(), port: port) == nil)
    }

    @Test("holds a lock against threads of the same process too")
    func lock() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { unlink(path) }
        let inner = try FileLock.withLock(path, cancellation: Cancellation()) {
            try FileLock.withLockIfFree(path) { true }
        }
        #expect(inner == nil)
        #expect(try FileLock.withLockIfFree(path) { true } == true)
    }

    @Test("reads a full disk from the system's error")
    func fullDisk() {
        #expect(systemError("LAI cannot write x", ENOSPC).message.contains("the disk is full"))
        #expect(systemError("LAI cannot write x", EACCES).message == "LAI cannot write x: Permission denied.")
    }
}
