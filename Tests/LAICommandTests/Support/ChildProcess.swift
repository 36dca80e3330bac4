import Foundation
import Glibc
import Synchronization

/// A program that runs beside the tests, with nothing inherited but what it is given.
final class ChildProcess: Sendable {
    /// Which of its three streams are a terminal. The others are pipes.
    struct Terminals: OptionSet, Sendable {
        let rawValue: Int
        static let input = Terminals(rawValue: 1)
        static let output = Terminals(rawValue: 2)
        static let error = Terminals(rawValue: 4)
        static let all: Terminals = [.input, .output, .error]
    }

    enum End: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What comes on standard output, on standard error, and on the terminal.
    let output: Collector?
    let error: Collector?
    let screen: Collector?
    private let pid: Mutex<pid_t?>
    private let end = Mutex<(end: End?, waiter: CheckedContinuation<End, Never>?)>((nil, nil))
    /// The writing end of standard input, while it is held open.
    private let heldInput: Mutex<Int32?>
    /// The terminal's keyboard.
    private let keyboard: Int32?
    /// What must live as long as the process.
    private let home: Home?

    /// - Parameters:
    ///   - input: what comes on standard input; nil leaves it open and silent until ``closeInput()``.
    ///   - terminals: the streams that are a terminal, which passes bytes on as they are.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: [UInt8]?, terminals: Terminals = [],
        home: Home? = nil
    ) throws {
        self.home = home
        // A descriptor is for a moment one that a process started meanwhile would inherit, and hold open.
        Self.starting.lock()
        defer { Self.starting.unlock() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var own: [Int32] = []
        defer { for descriptor in own { close(descriptor) } }

        var terminal: (main: Int32, other: Int32)?
        if !terminals.isEmpty {
            let pair = try Self.makeTerminal()
            terminal = pair
            own.append(pair.other)
        }
        func side(_ stream: Terminals, _ number: Int32, isInput: Bool) throws -> Int32? {
            if terminals.contains(stream), let terminal {
                posix_spawn_file_actions_adddup2(&actions, terminal.other, number)
                return nil
            }
            let (reading, writing) = try Self.makePipe()
            posix_spawn_file_actions_adddup2(&actions, isInput ? reading : writing, number)
            own.append(isInput ? reading : writing)
            return isInput ? writing : reading
        }
        let inputEnd = try input.map(Self.hold) ?? nil
        if let inputEnd, !terminals.contains(.input) {
            posix_spawn_file_actions_adddup2(&actions, inputEnd, 0)
            own.append(inputEnd)
            heldInput = Mutex(nil)
        } else {
            heldInput = Mutex(try side(.input, 0, isInput: true))
        }
        let outputEnd = try side(.output, 1, isInput: false)
        let errorEnd = try side(.error, 2, isInput: false)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var child: pid_t = 0
        let status = Self.withCStrings([path] + arguments) { argv in
            Self.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&child, path, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else { throw Failure(description: "\(path) does not start: \(String(cString: strerror(status)))") }
        pid = Mutex(child)
        output = outputEnd.map { end in Collector { end } }
        error = errorEnd.map { end in Collector { end } }
        keyboard = terminal.map { pair in fcntl(pair.main, F_DUPFD_CLOEXEC, 0) }
        screen = terminal.map { pair in Collector { pair.main } }
        let number = child
        Thread.detachNewThread { [self] in reap(number) }
    }

    /// Waits until that text has come on standard output.
    /// - Returns: false when it ended without.
    func prints(_ text: String) async -> Bool { await output?.wait(for: text) ?? false }

    /// Waits until that text has come on the terminal.
    func shows(_ text: String) async -> Bool { await screen?.wait(for: text) ?? false }

    /// Types on the terminal.
    func types(_ text: String) { types(Array(text.utf8)) }

    func types(_ bytes: [UInt8]) {
        guard let keyboard else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(keyboard, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    /// The terminal's settings as they are now.
    var terminalSettings: termios? {
        var settings = termios()
        return keyboard.map { tcgetattr($0, &settings) } == 0 ? settings : nil
    }

    /// Sends a signal, unless it has ended.
    func signal(_ number: Int32) {
        pid.withLock { pid in
            if let pid { _ = kill(pid, number) }
        }
    }

    /// Ends the standard input that was left open.
    func closeInput() {
        heldInput.withLock { held in
            if let descriptor = held { close(descriptor) }
            held = nil
        }
    }

    deinit {
        closeInput()
        if let keyboard { close(keyboard) }
    }

    /// Waits for the end. A cancelled test, one that has run out of time, kills the process.
    func wait() async -> End {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ended = end.withLock { state in
                    if state.end == nil { state.waiter = continuation }
                    return state.end
                }
                if let ended { continuation.resume(returning: ended) }
            }
        } onCancel: {
            signal(SIGKILL)
        }
    }

    private func reap(_ number: pid_t) {
        var info = siginfo_t()
        while waitid(P_PID, id_t(number), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var status: Int32 = 0
        pid.withLock { pid in
            while waitpid(number, &status, 0) < 0, errno == EINTR {}
            pid = nil
        }
        let how: End = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
        let waiter = end.withLock { state in
            state.end = how
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: how)
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    private static let starting = NSLock()

    private static func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(description: "pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// A descriptor that gives those bytes: a pipe while they fit into one, else a file without a name.
    private static func hold(_ bytes: [UInt8]) throws -> Int32 {
        if bytes.count <= 1 << 15 {
            let (reading, writing) = try makePipe()
            defer { close(writing) }
            _ = bytes.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
            return reading
        }
        var template = Array((NSTemporaryDirectory() + "/lai-XXXXXX").utf8CString)
        let file = mkstemp(&template)
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        guard file >= 0 else { throw Failure(description: "temporary file: \(String(cString: strerror(errno)))") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure(description: "write: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private static func makeTerminal() throws -> (main: Int32, other: Int32) {
        // TIOCGPTN and TIOCSPTLCK, which Swift does not see: the number of the terminal's other side, and its lock.
        let (number, lock) = (UInt(0x8004_5430), UInt(0x4004_5431))
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, index) = (Int32(0), Int32(0))
        guard main >= 0, ioctl(main, lock, &locked) == 0, ioctl(main, number, &index) == 0 else {
            throw Failure(description: "no terminal: \(String(cString: strerror(errno)))")
        }
        let other = open("/dev/pts/\(index)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard other >= 0 else { throw Failure(description: "no terminal: \(String(cString: strerror(errno)))") }
        var settings = termios()
        tcgetattr(other, &settings)
        cfmakeraw(&settings)
        tcsetattr(other, TCSANOW, &settings)
        return (main, other)
    }

    private static func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
