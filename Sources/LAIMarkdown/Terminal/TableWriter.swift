/// Writes a table with lines around its cells, row by row.
///
/// The widths of the columns are set once: from all rows where they are known, else from the header and the first row,
/// with some room to spare. Longer cells are wrapped. A table of more columns than fit is written as a list, with the
/// names of the columns before the cells.
struct TableWriter {
    let alignments: [Alignment]
    let isWhole: Bool
    private var rows: [[String]] = []
    private var header: [String] = []
    private var widths: [Int]?
    private var isList = false

    init(header: [String], alignments: [Alignment], isWhole: Bool) {
        self.header = header
        self.alignments = alignments
        self.isWhole = isWhole
    }

    /// Adds a row.
    mutating func add(_ row: [String], to writer: inout RowWriter) {
        if widths != nil || isList { return write(row, to: &writer) }
        rows.append(row)
        if !isWhole { begin(&writer) }
    }

    /// Ends the table.
    mutating func finish(_ writer: inout RowWriter) {
        if widths == nil, !isList { begin(&writer) }
        if let widths { line("└", "┴", "┘", widths, &writer) }
    }

    private mutating func begin(_ writer: inout RowWriter) {
        let room = writer.room - 3 * header.count - 1
        guard room >= 5 * header.count else {
            isList = true
            if rows.isEmpty { rows = [header] }
            for row in rows { write(row, to: &writer) }
            rows = []
            return
        }
        var natural = header.indices.map { column in
            ([header] + rows).reduce(1) { max($0, width(of: $1[column], writer.style)) }
        }
        if !isWhole { natural = natural.map { $0 + max(4, $0 / 2) } }
        let widths = TableWriter.fit(natural, room)
        self.widths = widths
        line("┌", "┬", "┐", widths, &writer)
        write(header, .init(attributes: .bold), widths, &writer)
        line("├", "┼", "┤", widths, &writer)
        for row in rows { write(row, .plain, widths, &writer) }
        rows = []
    }

    /// Widths that fit into the room: columns that need less than their share keep what they need.
    private static func fit(_ natural: [Int], _ room: Int) -> [Int] {
        var widths = natural
        guard widths.reduce(0, +) > room else { return widths }
        var left = room
        var open = Array(widths.indices)
        while true {
            let share = left / open.count
            let small = open.filter { natural[$0] <= share }
            if small.isEmpty {
                for (place, column) in open.enumerated() { widths[column] = share + (place < left % open.count ? 1 : 0) }
                return widths
            }
            for column in small { left -= natural[column] }
            open.removeAll { natural[$0] <= share }
            if open.isEmpty { return widths }
        }
    }

    private func width(of cell: String, _ style: TerminalStyle) -> Int {
        rowsOf(cell, .plain, 10_000, style).reduce(0) { max($0, $1.width) }
    }

    private func rowsOf(_ cell: String, _ look: SpanStyle, _ width: Int, _ style: TerminalStyle) -> [(text: String, width: Int)] {
        var style = style
        style.width = width
        var writer = RowWriter(style: style)
        InlineWriter.write(Array(cell.utf8), after: .space, look, to: &writer)
        writer.endRow()
        return zip(writer.take().split(separator: "\n"), writer.rowWidths).map { (String($0), $1) }
    }

    private func write(_ row: [String], to writer: inout RowWriter) {
        if let widths { return write(row, .plain, widths, &writer) }
        for (name, cell) in zip(header, row) {
            InlineWriter.write(Array(name.utf8), after: .space, .init(attributes: .bold), to: &writer)
            if name != cell {
                writer.text(": ", .plain)
                InlineWriter.write(Array(cell.utf8), after: .space, .plain, to: &writer)
            }
            writer.endRow()
        }
        line(10, &writer)
    }

    private func write(_ row: [String], _ look: SpanStyle, _ widths: [Int], _ writer: inout RowWriter) {
        let cells = zip(row, widths).map { rowsOf($0, look, $1, writer.style) }
        for index in 0..<max(1, cells.map(\.count).max() ?? 1) {
            writer.raw("│", .dim)
            for (column, cell) in cells.enumerated() {
                let (text, width) = index < cell.count ? cell[index] : ("", 0)
                let space = max(0, widths[column] - width)
                let left = alignments[column] == .leading ? 0 : alignments[column] == .centre ? space / 2 : space
                writer.raw(" " + String(repeating: " ", count: left) + text + String(repeating: " ", count: space - left) + " ", .plain)
                writer.raw("│", .dim)
            }
            writer.endRow()
        }
    }

    private func line(_ left: String, _ middle: String, _ right: String, _ widths: [Int], _ writer: inout RowWriter) {
        writer.raw(left + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle) + right, .dim)
        writer.endRow()
    }

    private func line(_ width: Int, _ writer: inout RowWriter) {
        writer.raw(String(repeating: "─", count: width), .dim)
        writer.endRow()
    }
}
