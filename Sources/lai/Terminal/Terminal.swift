import Glibc

/// Standard output and standard error, without buffers between.
enum Terminal {
    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    static let isErrorTerminal = isatty(STDERR_FILENO) == 1
    static let isInputTerminal = isatty(STDIN_FILENO) == 1

    /// Whether standard error may be written on with colours and moving lines.
    static let isStyled: Bool = {
        guard isErrorTerminal, environment("NO_COLOR") == nil else { return false }
        return environment("TERM").map { $0 != "dumb" } ?? false
    }()

    /// Whether standard output is a terminal that takes colours.
    static let hasColours: Bool = {
        guard isOutputTerminal, environment("NO_COLOR") == nil else { return false }
        return environment("TERM").map { $0 != "dumb" } ?? false
    }()

    /// How many cells a line of standard output has.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Puts something in the place of a standard stream that was closed: else the next file or connection would get its
    /// number, and the answer. Reading finds the end, and writing the answer fails.
    static func openMissing() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    static func out(_ text: String) { write(text.utf8, to: STDOUT_FILENO) }
    static func err(_ text: String) { write(text.utf8, to: STDERR_FILENO) }

    /// A sentence about what went wrong.
    static func complain(_ sentence: String) { err("lai: \(line(sentence))\n") }
    /// A remark that is no part of the answer.
    static func remark(_ sentence: String) { err(dim("lai: \(line(sentence))") + "\n") }

    /// A sentence on one line, however many a server sent, and no longer than anyone reads.
    private static func line(_ sentence: String) -> String {
        let words = clean(sentence).split(whereSeparator: \.isNewline).joined(separator: " ")
        return words.count <= 1500 ? words : words.prefix(1500) + "…"
    }

    static func dim(_ text: String) -> String { isStyled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    /// Writes everything, or ends the process when nobody reads any more.
    static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { write($0, to: descriptor) }
        if done == nil { Array(bytes).withUnsafeBufferPointer { write($0, to: descriptor) } }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                Glibc.poll(&poll, 1, -1)
            } else if errno != EINTR {
                // A remark that cannot be written is lost; the answer goes on.
                if descriptor == STDERR_FILENO { return }
                // Nobody reads any more, or the disk is full: there is nowhere left to say it on standard output.
                if errno == EPIPE { ExitStatus.brokenPipe.exit() }
                complain("The output cannot be written: \(String(cString: strerror(errno))).")
                ExitStatus.network.exit()
            }
        }
    }

    /// Takes out what a terminal would obey: a model's words, or a server's, must not move the cursor, set its title, or
    /// turn the reading order of other letters round.
    /// A carriage return goes without a trace, for it ends the lines of some texts.
    static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != "\r" { scalars.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
            || scalar.value == 0x202D || scalar.value == 0x202E
    }
}
