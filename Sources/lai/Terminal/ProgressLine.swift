import LAILocal
import Synchronization

/// One line that tells how far a set-up has come: rewritten on a terminal, a line a phase elsewhere.
final class ProgressLine: Sendable {
    private let last = Mutex<SetupProgress.Phase?>(nil)

    func show(_ progress: SetupProgress) {
        let isNew = last.withLock { phase in
            defer { phase = progress.phase }
            return phase != progress.phase
        }
        let text = ProgressLine.text(progress)
        if Terminal.isStyled {
            Terminal.err("\r\u{1B}[2m\(text)\u{1B}[0m\u{1B}[K")
        } else if isNew, progress.phase != .finished {
            Terminal.err(text + "\n")
        }
    }

    /// Shows how far a piece of work has come, on a terminal.
    func show(_ what: String, _ done: Int, of total: Int?) {
        guard Terminal.isStyled else { return }
        let part = total.map { $0 > 0 ? ", \(min(100, done * 100 / $0)) %" : "" } ?? ", \(done >> 20) MiB"
        Terminal.err("\r\u{1B}[2m\(Terminal.clean(what))\(part)\u{1B}[0m\u{1B}[K")
    }

    func clear() { if Terminal.isStyled { Terminal.err("\r\u{1B}[K") } }

    private static func text(_ progress: SetupProgress) -> String {
        let what =
            switch progress.phase {
            case .waiting: "Waiting for another set-up"
            case .preparing: "Preparing Python"
            case .runtime: "Fetching the server program"
            case .model: "Fetching the model"
            case .verifying: "Unpacking and checking"
            case .finished: "Done"
            }
        guard let total = progress.total, total > 0 else { return what + " …" }
        let percent = min(100, progress.completed * 100 / total)
        let bar = String(repeating: "█", count: Int(percent / 5)) + String(repeating: "░", count: 20 - Int(percent / 5))
        return "\(what) \(Terminal.isStyled ? bar + " " : "")\(percent) % of \(total >> 20) MiB"
    }
}
