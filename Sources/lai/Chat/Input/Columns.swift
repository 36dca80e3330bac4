import LAIMarkdown

/// Short texts beside one another, as many in a row as fit.
enum Columns {
    static func text(_ texts: [String], limit: Int) -> String {
        let shown = texts.prefix(limit).map(Terminal.clean)
        let width = (shown.map(\.count).max() ?? 0) + 2
        let count = max(1, Terminal.width / max(1, width))
        let rows = (shown.count + count - 1) / count
        var result = ""
        for row in 0..<rows {
            let cells = stride(from: row, to: shown.count, by: rows).map { shown[$0] }
            result += cells.dropLast().map { $0 + String(repeating: " ", count: width - $0.count) }.joined() + (cells.last ?? "") + "\n"
        }
        return texts.count > limit ? result + "… and \(texts.count - limit) more\n" : result
    }
}
