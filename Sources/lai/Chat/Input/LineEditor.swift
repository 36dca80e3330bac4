import CEditline
import Glibc
import Synchronization

/// Edits messages on a terminal with libedit, which knows emacs's and vi's keys, the history, and ~/.editrc.
///
/// libedit waits for keys; so a line is read on a thread of its own, one at a time. What comes from the keyboard goes
/// through a ``KeyReader`` first, so that pasted text is one piece, and that Ctrl-C and a new size of the window come in
/// between keys.
final class LineEditor: Sendable {
    /// What a key stands for that libedit does not know. It is done when libedit reads the key that is bound to it.
    private enum Action { case insert(String), replace(String), redraw, up, down, hint(String) }

    private struct State: ~Copyable {
        var keys: KeyReader
        /// Characters that libedit gets before the next key.
        var passed: [Unicode.Scalar] = []
        var actions: [Action] = []
        var prompt: UnsafeMutablePointer<CChar>?
        var isHinted = false
    }

    // Of these there is one use at a time: the line that is being read.
    nonisolated(unsafe) private let editor: OpaquePointer
    nonisolated(unsafe) private let list: OpaquePointer
    nonisolated(unsafe) private let owner: UnsafeMutablePointer<cel_owner>
    nonisolated(unsafe) private let files: [UnsafeMutablePointer<FILE>]
    private let state: Mutex<State>
    private let wake: Wake
    private let signals: ChatSignals
    private let completer: ChatCompleter
    private let pasted = PastedTexts()
    private let output: Int32

    /// - Parameters:
    ///   - output: the terminal that the line is shown on.
    ///   - history: lines of earlier times, the oldest first.
    init(signals: ChatSignals, output: Int32, history: [String], completer: ChatCompleter) throws {
        LineEditor.setLocale()
        wake = signals.wake
        self.signals = signals
        self.output = output
        self.completer = completer
        state = Mutex(State(keys: KeyReader(wake: signals.wake)))
        let input = fdopen(dup(STDIN_FILENO), "r")
        let shown = fdopen(dup(output), "w")
        guard let input, let shown, let list = history_init(), let editor = el_init("lai", input, shown, shown) else {
            throw UsageError("libedit cannot edit lines on this terminal; TERM=dumb lai chat does without it.")
        }
        files = [input, shown]
        self.list = list
        self.editor = editor
        owner = .allocate(capacity: 1)
        owner.initialize(to: LineEditor.callbacks(Unmanaged.passUnretained(self).toOpaque()))
        cel_history_set_up(list, Int32(ChatHistory.maxLines))
        for line in history { cel_history_enter(list, line) }
        cel_set_up(editor, owner, list)
    }

    deinit {
        el_end(editor)
        history_end(list)
        owner.deallocate()
        for file in files { fclose(file) }
        state.withLock { free($0.prompt) }
    }

    /// Characters are what the terminal's locale says, and UTF-8 where it says nothing.
    private static func setLocale() {
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// Adds a line to those that the arrow keys bring back.
    func remember(_ line: String) { cel_history_enter(list, line) }

    /// Reads a message, on this thread.
    /// - Parameter text: what is there to begin with.
    /// - Returns: the message as it was typed, and as it is to be sent; nil at the end of the input.
    func read(_ prompt: ChatPrompt, editing text: String) -> (typed: String, message: String)? {
        state.withLock { state in
            free(state.prompt)
            state.prompt = strdup(prompt.text(isStyled: Terminal.environment("NO_COLOR") == nil))
            state.actions = text.isEmpty ? [] : [.insert(pasted.shown(text))]
            state.passed = text.isEmpty ? [] : [LineEditor.actKey]
            state.isHinted = false
        }
        wake.forgetInterrupt()
        var count: Int32 = 0
        let line = el_gets(editor, &count)
        TerminalMode.take()
        guard let line, count > 0 else {
            Terminal.write("\n".utf8, to: output)
            return nil
        }
        var typed = String(cString: line)
        if typed.hasSuffix("\n") { typed.removeLast() }
        return (typed, pasted.expanded(MessageText.message(typed)))
    }

    // MARK: What libedit calls

    private static let actKey = Unicode.Scalar(UInt8(CEL_ACT_KEY))

    private static func callbacks(_ editor: UnsafeMutableRawPointer) -> cel_owner {
        cel_owner(
            self: editor,
            read: { owner, character in
                guard let scalar = LineEditor.of(owner).nextCharacter() else { return 0 }
                character?.pointee = scalar.value
                return 1
            },
            act: { LineEditor.of($0).act() }, complete: { LineEditor.of($0).complete() },
            compose: { LineEditor.of($0).compose() }, prompt: { LineEditor.of($0).state.withLock { $0.prompt } })
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> LineEditor {
        Unmanaged<LineEditor>.fromOpaque(pointer!).takeUnretainedValue()
    }

    /// The line as it stands, and how many of its characters are before the cursor.
    private var line: (text: String, cursor: Int) {
        guard let info = el_line(editor)?.pointee, let start = info.buffer else { return ("", 0) }
        func text(to end: UnsafePointer<CChar>) -> String {
            String(decoding: UnsafeRawBufferPointer(start: start, count: max(0, end - start)), as: UTF8.self)
        }
        return (text(to: info.lastchar), text(to: info.cursor).unicodeScalars.count)
    }

    private func nextCharacter() -> Unicode.Scalar? {
        while true {
            if let passed = state.withLock({ $0.passed.isEmpty ? nil : $0.passed.removeFirst() }) { return passed }
            switch state.withLock({ $0.keys.next() }) {
            case .end: return nil
            case .wake: if !wakeUp() { return nil }
            case .paste(let text): does(.insert(pasted.shown(text)))
            case .newLine: does(.insert("\n"))
            case .up: movesOrPasses(.up, "\u{1B}[A")
            case .down: movesOrPasses(.down, "\u{1B}[B")
            case .character("\u{3}"): interrupt()
            case .character("\u{1A}"): kill(getpid(), SIGTSTP)
            case .character("\u{1C}"): continue
            case .character("\u{4}") where line.text.isEmpty: return nil
            case .character(let scalar) where scalar == "\r" || scalar == "\n":
                let (text, cursor) = line
                guard cursor == text.unicodeScalars.count, MessageText.goesOn(text) else { return scalar }
                does(.replace(MessageText.continued(text)))
            case .character(let scalar): return scalar
            }
        }
    }

    /// Has an action done: libedit reads the key for it next.
    private func does(_ action: Action) {
        state.withLock { state in
            state.actions.append(action)
            state.passed.append(LineEditor.actKey)
        }
    }

    /// In a message of several lines the arrows lead from line to line, else through the history.
    private func movesOrPasses(_ action: Action, _ sequence: String) {
        let (text, cursor) = line
        let scalars = Array(text.unicodeScalars)
        let isInside = if case .up = action { scalars[..<cursor].contains("\n") } else { scalars[cursor...].contains("\n") }
        if isInside { does(action) } else { state.withLock { $0.passed += Array(sequence.unicodeScalars) } }
    }

    /// - Returns: false when the chat is to end.
    private func wakeUp() -> Bool {
        let reasons = wake.take()
        if reasons.contains(.end) { return false }
        if reasons.contains(.interrupt) { interrupt() }
        if reasons.contains(.resize) { el_resize(editor) }
        if !reasons.isDisjoint(with: [.resize, .redraw]) { does(.redraw) }
        return true
    }

    /// Clears the line.
    private func interrupt() { does(line.text.isEmpty ? .hint("Ctrl-D leaves") : .replace("")) }

    private func act() -> Int32 {
        guard let action = state.withLock({ $0.actions.isEmpty ? nil : $0.actions.removeFirst() }) else { return CC_NORM }
        switch action {
        case .insert(let text):
            el_insertstr(editor, text)
            return CC_REFRESH
        case .replace(let text):
            replaceLine(with: text)
            return CC_REFRESH
        case .redraw: return CC_REDISPLAY
        case .up, .down:
            if case .up = action { move(isUp: true) } else { move(isUp: false) }
            return CC_REFRESH
        case .hint(let text):
            let isFirst = state.withLock { state in
                defer { state.isHinted = true }
                return !state.isHinted
            }
            guard isFirst else { return CC_NORM }
            let isPlain = Terminal.environment("NO_COLOR") != nil
            Terminal.write("\r\u{1B}[K\(isPlain ? text : "\u{1B}[2m\(text)\u{1B}[0m")\n".utf8, to: output)
            return CC_REDISPLAY
        }
    }

    private func replaceLine(with text: String) {
        let length = Int32(line.text.unicodeScalars.count)
        el_cursor(editor, length)
        el_deletestr(editor, length)
        if !text.isEmpty { el_insertstr(editor, text) }
    }

    /// Moves the cursor to the same column of the line above or below.
    private func move(isUp: Bool) {
        let (text, cursor) = line
        let scalars = Array(text.unicodeScalars)
        let start = scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let column = cursor - start
        let target: Int
        if isUp {
            let end = start - 1
            let above = scalars[..<max(0, end)].lastIndex(of: "\n").map { $0 + 1 } ?? 0
            target = min(above + column, end)
        } else {
            let below = scalars[cursor...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count
            let end = scalars[below...].firstIndex(of: "\n") ?? scalars.count
            target = min(below + column, end)
        }
        el_cursor(editor, Int32(target - cursor))
    }

    private func complete() -> Int32 {
        let (text, cursor) = line
        let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
        let completion = completer.completion(of: before)
        if completion.candidates.isEmpty { return text.hasPrefix("/") ? CC_NORM : insertTab() }
        let isOnly = completion.candidates.count == 1
        let shared = completion.shared
        if isOnly || shared.unicodeScalars.count > completion.length {
            el_deletestr(editor, Int32(completion.length))
            el_insertstr(editor, shared + (isOnly ? completion.end : ""))
            return CC_REFRESH
        }
        Terminal.write(("\n" + Columns.text(completion.candidates, limit: 60)).utf8, to: output)
        return CC_REDISPLAY
    }

    private func insertTab() -> Int32 {
        el_insertstr(editor, "    ")
        return CC_REFRESH
    }

    /// Lets the person write the message in an editor of their own.
    private func compose() -> Int32 {
        cel_prepare_terminal(editor, 0)
        TerminalMode.giveBack()
        defer {
            TerminalMode.take()
            cel_prepare_terminal(editor, 1)
        }
        do {
            let text = pasted.expanded(line.text)
            replaceLine(with: pasted.shown(try signals.away { try OwnEditor.edit(text) }))
        } catch {
            let sentence = (error as? UsageError)?.message ?? "\(error)"
            Terminal.write("\n\(sentence)\n".utf8, to: output)
        }
        wake.forgetInterrupt()
        return CC_REDISPLAY
    }
}
