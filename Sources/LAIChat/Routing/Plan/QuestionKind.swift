internal import LAICore

/// What kind of question it is, and so how hard: told by simple signs in the last message of the person, in this order.
public enum QuestionKind: String, Sendable, Hashable, CaseIterable {
    /// It shows code or speaks of it.
    case code
    /// It asks for thinking: a proof, a calculation, a plan; or thinking was asked for by an option.
    case reasoning
    /// It has 8,000 bytes or more, or files.
    case long
    /// One line of at most 160 bytes.
    case simple
    /// Anything else.
    case chat

    private static let longBytes = 8000
    private static let simpleBytes = 160
    /// Signs are looked for in so many bytes from the beginning, so that the work has a bound.
    private static let readBytes = 32_000

    static func classify(_ request: ChatRequest) -> (kind: QuestionKind, reason: String) {
        let message = request.messages.last { $0.role == .user }
        let text = message?.text ?? ""
        let bytes = text.utf8.count
        let read = bytes > readBytes ? String(decoding: text.utf8.prefix(readBytes), as: UTF8.self) : text
        if let sign = codeSign(read) { return (.code, sign) }
        switch request.reasoning {
        case .effort, .budget: return (.reasoning, "thinking is asked for")
        case .off, nil: break
        }
        let words = wordsOnly(read)
        if let word = codeWords.first(where: { words.contains(" \($0) ") }) { return (.code, "it speaks of “\(word)”") }
        if let word = reasoningWords.first(where: { words.contains(" \($0) ") }) { return (.reasoning, "it says “\(word)”") }
        let hasFiles = message?.parts.contains { if case .file = $0 { true } else { false } } ?? false
        if hasFiles { return (.long, "it has files") }
        if bytes >= longBytes { return (.long, "it has \(bytes) bytes") }
        let line = text.split(whereSeparator: \.isNewline).count <= 1
        if line, bytes <= simpleBytes { return (.simple, "it is one short line") }
        return (.chat, "nothing sets it apart")
    }

    private static func codeSign(_ text: String) -> String? {
        if text.contains("```") { return "it has a code block" }
        if text.contains("diff --git ") || text.contains("\n@@ -") { return "it has a diff" }
        if text.contains("Traceback (most recent call last)") { return "it has a stack trace" }
        let lines = text.split(whereSeparator: \.isNewline).filter { line in
            let line = line.drop(while: \.isWhitespace)
            if let last = line.last(where: { !$0.isWhitespace }), "{};".contains(last) { return true }
            return codeStarts.contains { line.hasPrefix($0) }
        }
        return lines.count >= 3 ? "it has lines of code" : nil
    }

    private static let codeStarts = [
        "import ", "#include", "func ", "def ", "class ", "struct ", "public ", "private ", "const ", "let ", "var ", "return ", "fn ",
        "if (", "for (", "while (", "SELECT ", "$ ", "//",
    ]

    private static let codeWords = [
        "compiler", "compile", "compiles", "refactor", "regex", "regular expression", "stack trace", "segfault", "segmentation fault",
        "unit test", "unit tests", "sql", "javascript", "typescript", "python", "bash", "shell script", "git", "source code", "codebase",
        "pull request", "null pointer", "syntax error",
    ]

    private static let reasoningWords = [
        "prove", "proof", "derive", "theorem", "lemma", "step by step", "think carefully", "calculate", "solve", "equation", "puzzle",
        "riddle", "optimal", "trade offs", "trade off", "probability",
    ]

    /// The words in lower case, each between two spaces.
    private static func wordsOnly(_ text: String) -> String {
        " " + text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ") + " "
    }
}
