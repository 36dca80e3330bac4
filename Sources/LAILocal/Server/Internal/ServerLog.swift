import Glibc

/// What a server printed.
enum ServerLog {
    /// The log is emptied when it has grown to this many bytes.
    static let limit: Int64 = 4_194_304

    /// The line that says most about why the server ended: the last that llama.cpp marks as an error, but for its
    /// farewell ("exiting due to …"); else the last line. Empty when there is none.
    static func lastMeaningfulLine(_ path: String) -> String {
        let lines = (FileSystem.tail(path) ?? "").split(whereSeparator: \.isNewline).map(content)
        let errors = lines.filter { $0.isError && !$0.text.contains("exiting due to") }
        let line = errors.last ?? lines.last { !$0.text.isEmpty }
        return String((line?.text ?? "").prefix(300))
    }

    /// Empties the log when it is too long. The writers append, so they go on at the new end.
    static func trim(_ path: String) {
        if let size = FileSystem.size(path), size > limit { truncate(path, 0) }
    }

    /// Takes `0.00.022.484 E srv  load_model: ` apart from what follows.
    private static func content(_ line: Substring) -> (text: String, isError: Bool) {
        let fields = line.split(separator: " ", maxSplits: 3)
        let isMarked = fields.count == 4 && fields[1].count == 1 && fields[0].allSatisfy { $0.isNumber || $0 == "." }
        let text = (isMarked ? fields[3] : line).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return (text, isMarked && fields[1] == "E")
    }
}
