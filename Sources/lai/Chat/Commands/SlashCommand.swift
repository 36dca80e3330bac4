import LAISettings

/// What a line that begins with a slash asks for.
enum SlashCommand: String, CaseIterable, Sendable {
    case retry, `continue`, edit, branch, model, system, file, copy, save, fork, new, open, list, search, title, usage, reasoning, stop, help, quit

    /// What may stand behind it.
    enum Argument { case none, text, model, file, words([String]) }

    init?(name: String) {
        switch name {
        case "exit", "q": self = .quit
        default: self.init(rawValue: name)
        }
    }

    var argument: Argument {
        switch self {
        case .model, .retry: .model
        case .file, .save: .file
        case .system: .words(["clear"])
        case .reasoning: .words(["off", "on"])
        case .edit, .title, .open, .branch, .search: .text
        case .continue, .copy, .fork, .new, .list, .usage, .stop, .help, .quit: .none
        }
    }

    /// How it is written, and what it does.
    var usage: (form: String, text: String) {
        switch self {
        case .retry: ("/retry [MODEL]", "ask the last question once more")
        case .continue: ("/continue", "let an answer that is not whole go on")
        case .edit: ("/edit [TEXT]", "change the last question and ask it: a branch")
        case .branch: ("/branch [N]", "show the branches, or go to one")
        case .model: ("/model [NAME]", "show the models, or choose who answers")
        case .system: ("/system [TEXT|clear]", "show, set or clear the system prompt")
        case .file: ("/file [PATH…|clear]", "send files along with the next message")
        case .copy: ("/copy", "put the last answer on the clipboard")
        case .save: ("/save[!] FILE", "write it all to FILE.md, .json or .html")
        case .fork: ("/fork", "go on in a copy; what was said stays as it is")
        case .new: ("/new", "begin another conversation")
        case .open: ("/open N|ID", "go on with another conversation")
        case .list: ("/list", "list the last conversations")
        case .search: ("/search WORDS", "find what was said, in all conversations")
        case .title: ("/title NAME", "give the conversation a name")
        case .usage: ("/usage", "tell the last answer's model, times and tokens")
        case .reasoning: ("/reasoning [on|off]", "show the model's reasoning, or hide it")
        case .stop: ("/stop", "stop an answer that another program receives")
        case .help: ("/help", "show this")
        case .quit: ("/quit", "leave")
        }
    }
}

/// A message as it was typed: a command, or something to send.
enum ChatLine: Equatable {
    case message(String)
    case command(SlashCommand, argument: String, isForced: Bool)
    case unknown(String)

    /// A command is a slash, letters, perhaps a `!`, and then a space or the end: so a path is none. `//` begins a
    /// message with a slash.
    init(_ text: String) {
        guard text.hasPrefix("/") else {
            self = .message(text)
            return
        }
        if text.hasPrefix("//") {
            self = .message(String(text.dropFirst()))
            return
        }
        let word = text.dropFirst().prefix { !$0.isWhitespace }
        let isForced = word.last == "!"
        let name = String(isForced ? word.dropLast() : word)
        if name.isEmpty || !name.allSatisfy({ $0.isASCII && $0.isLetter }) {
            self = .message(text)
        } else if let command = SlashCommand(name: name.lowercased()) {
            self = .command(command, argument: String(text.dropFirst(word.count + 1)).trimmed, isForced: isForced)
        } else {
            self = .unknown(name)
        }
    }

    static func sentence(forUnknown name: String) -> String {
        let near = Suggestion.nearest(to: name, among: SlashCommand.allCases.map(\.rawValue))
        return "There is no command /\(name)\(near.map { "; did you mean /\($0)?" } ?? ": /help lists them.") To send it as text, write //\(name)."
    }
}
