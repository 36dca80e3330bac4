import LAILocal
import LAIProviders
import Synchronization

/// Messages that a person types on a terminal.
final class EditorInput: ChatInput {
    private let editor: LineEditor
    /// Where lines are kept; nil keeps none.
    private let history: ChatHistory?
    private let hasComplained = Mutex(false)
    let canEdit = true

    init(_ editor: LineEditor, history: ChatHistory?) {
        self.editor = editor
        self.history = history
    }

    func next(_ prompt: ChatPrompt, editing text: String) async throws -> String? {
        try await onOwnThread { [self] _ in
            guard let (typed, message) = editor.read(prompt, editing: text) else { return nil }
            if !typed.allSatisfy(\.isWhitespace) { remember(typed) }
            return message
        }
    }

    private func remember(_ line: String) {
        editor.remember(line)
        do { try history?.append(line) } catch {
            let isFirst = hasComplained.withLock { hasComplained in
                defer { hasComplained = true }
                return !hasComplained
            }
            if isFirst { Terminal.remark((error as? UsageError)?.message ?? "\(error)") }
        }
    }
}
