/// Rows of text as a table: columns as wide as their widest cell, no lines.
enum Table {
    /// A table under heads. Where it is wider than so many characters, each row is a list: its first cell, and the others
    /// that hold something, with their heads before them.
    static func text(_ heads: [String], _ rows: [[String]], width: Int) -> String {
        let table = text([heads] + rows)
        if table.split(separator: "\n").allSatisfy({ $0.count <= width }) { return table }
        return rows.map { row in
            let facts = zip(heads, row).dropFirst().filter { !$0.1.isEmpty }.map { "  \($0.0.lowercased()): \($0.1)\n" }
            return Terminal.clean(row[0]) + "\n" + facts.joined()
        }.joined()
    }

    /// A table of which the cells of one column are shortened, so that no row is wider than so many characters. They keep
    /// twenty, though.
    static func text(_ rows: [[String]], shortening column: Int, to width: Int) -> String {
        let excess = (text(rows).split(separator: "\n").map(\.count).max() ?? 0) - width
        guard excess > 0 else { return text(rows) }
        let limit = max(20, (rows.map { $0[column].count }.max() ?? 0) - excess)
        return text(rows.map { row in
            var row = row
            if row[column].count > limit { row[column] = row[column].prefix(limit - 1) + "…" }
            return row
        })
    }

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
