import Glibc
import LAILocal
import LAIProviders
import Synchronization

/// Messages as lines of a pipe, a file, or a terminal that cannot do more.
final class LineInput: ChatInput {
    private enum Line { case line([UInt8]), interrupted, end }

    private struct State {
        var bytes: [UInt8] = []
        /// How many of them are known to hold no line end.
        var searched = 0
        var isEnded = false
    }

    private let wake: Wake
    /// Whether a person sits there, who is shown a prompt.
    private let hasPrompt: Bool
    private let state = Mutex(State())
    let canEdit = false

    init(wake: Wake, hasPrompt: Bool) {
        self.wake = wake
        self.hasPrompt = hasPrompt
    }

    func next(_ prompt: ChatPrompt, editing text: String) async throws -> String? {
        try await onOwnThread { [self] _ in try read(prompt) }
    }

    private func read(_ prompt: ChatPrompt) throws -> String? {
        var text = ""
        if hasPrompt { Terminal.out(prompt.text(isStyled: false)) }
        while true {
            switch try readLine() {
            case .end:
                if hasPrompt { Terminal.out("\n") }
                return text.isEmpty ? nil : MessageText.message(text)
            case .interrupted:
                guard hasPrompt else { throw ExitStatus.interrupted }
                text = ""
                Terminal.out("\n" + prompt.text(isStyled: false))
            case .line(let bytes):
                text += decoded(bytes)
                guard MessageText.goesOn(text) else { return MessageText.message(text) }
                text = MessageText.continued(text)
                if hasPrompt { Terminal.out("… ") }
            }
        }
    }

    private func decoded(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        Terminal.remark("a line is not all UTF-8; what is not is sent as \u{FFFD}")
        return String(decoding: bytes, as: UTF8.self)
    }

    private func readLine() throws -> Line {
        while true {
            if let line = state.withLock({ LineInput.takeLine(&$0) }) { return .line(line) }
            if state.withLock({ $0.isEnded }) { return .end }
            var waited = [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            poll(&waited, 2, -1)
            if waited[1].revents != 0 {
                let reasons = wake.take()
                if reasons.contains(.end) { return .end }
                if reasons.contains(.interrupt) { return .interrupted }
            }
            if waited[0].revents != 0 { try fill() }
        }
    }

    private func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        if count > 0 {
            let total = state.withLock { state in
                state.bytes += buffer[..<count]
                return state.bytes.count
            }
            if total > Question.maxBytes { throw UsageError("A line of standard input is longer than \(Question.maxBytes >> 20) MiB.") }
        } else if count == 0 || errno == EISDIR {
            state.withLock { $0.isEnded = true }
        } else if errno != EINTR, errno != EAGAIN {
            throw UsageError("Standard input cannot be read: \(String(cString: strerror(errno))).")
        }
    }

    /// The next line without its end; at the end of the input, what is left.
    private static func takeLine(_ state: inout State) -> [UInt8]? {
        guard let end = state.bytes[state.searched...].firstIndex(of: 0x0A) else {
            state.searched = state.bytes.count
            guard state.isEnded, !state.bytes.isEmpty else { return nil }
            defer { (state.bytes, state.searched) = ([], 0) }
            return state.bytes
        }
        var line = Array(state.bytes[..<end])
        state.bytes.removeSubrange(...end)
        state.searched = 0
        if line.last == 0x0D { line.removeLast() }
        return line
    }
}
