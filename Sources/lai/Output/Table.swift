/// Rows of text as a table: columns as wide as their widest cell, no lines.
enum Table {
    static func text(_ rows: [[String]]) -> String {
        let rows = rows.map { $0.map { String(Terminal.clean($0).map { $0.isWhitespace ? " " : $0 }) } }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
