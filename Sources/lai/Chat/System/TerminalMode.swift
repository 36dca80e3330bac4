import Glibc
import Synchronization

/// The terminal's settings during a chat: what is typed while an answer comes is not shown among its words, and waits
/// for the next prompt. However the program ends, the terminal is as it was.
enum TerminalMode {
    private struct State {
        var original: termios?
        /// Where the terminal is written to.
        var output: Int32 = -1
    }

    private static let state = Mutex(State())
    /// Pasted text comes between marks.
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    /// Keeps the settings as they are, to be restored at the end.
    static func begin(output: Int32) {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        let original = settings
        state.withLock { $0 = State(original: original, output: output) }
        atexit { TerminalMode.end() }
    }

    /// Shows nothing of what is typed. Ctrl-C still is a signal.
    static func take() {
        guard var settings = state.withLock({ $0.original }) else { return }
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
        // Ctrl-C stops the answer; what was typed meanwhile is for the next prompt.
        settings.c_lflag |= tcflag_t(NOFLSH)
        // Ctrl-\ would end the program with the terminal as it is now.
        settings.c_cc.1 = 0
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        write(pasteOn)
    }

    /// The terminal as it was.
    static func giveBack() {
        guard var settings = state.withLock({ $0.original }) else { return }
        write(pasteOff)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }

    static func end() {
        giveBack()
        state.withLock { $0.original = nil }
    }

    /// Sleeps as Ctrl-Z asks, until the shell wakes the program.
    static func suspend(_ wakes: () -> Void) {
        var settings = termios()
        let isTaken = state.withLock { $0.original != nil } && tcgetattr(STDIN_FILENO, &settings) == 0
        // Without a shell that could wake it, it would sleep forever.
        guard getsid(getppid()) == getsid(0), getpgid(getppid()) != getpgrp() else { return }
        if isTaken { giveBack() }
        kill(getpid(), SIGSTOP)
        if isTaken {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            write(pasteOn)
        }
        wakes()
    }

    private static func write(_ sequence: String) {
        let output = state.withLock { $0.output }
        if output >= 0 { Terminal.write(sequence.utf8, to: output) }
    }
}
