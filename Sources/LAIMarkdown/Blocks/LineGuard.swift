/// Takes the sting out of lines that only an attack would write, before the C library sees them.
///
/// Some versions of the library take quadratic time or memory for thousands of nested marks, for rows of thousands of
/// cells, and for tables whose rows lack most of their cells. A line of that kind gets a backslash where it goes too
/// far, or a blank line before it; all others stay as they are. The result depends on the text alone, not on how it
/// was cut.
struct LineGuard {
    /// How many quotes and lists one line may open.
    static let maximumDepth = 250
    /// How many bars, and how many times `www.`, a line may have.
    static let maximumCells = 500
    /// How many rows of dashes may follow one another without a blank line.
    static let maximumDelimiterRows = 100
    /// Cells that may be had for nothing, and then for each byte of the text.
    static let freeCells = 10_000
    static let cellsPerByte = 4

    private var delimiterRows = 0
    private var columns = 0
    private var cells = 0
    private var bytes = 0

    /// The line as the library may have it. Lines are to be given in their order.
    mutating func guarded(_ line: [UInt8]) -> [UInt8] {
        bytes += line.count
        var line = line
        if line.count > LineGuard.maximumDepth { line = LineGuard.shortened(line) }
        return table(line)
    }

    /// Counts the cells that a table makes of its lines, and ends the table when they are too many.
    private mutating func table(_ line: [UInt8]) -> [UInt8] {
        guard let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: ">") }),
            line[start] != 0x0A, line[start] != 0x0D
        else {
            delimiterRows = 0
            columns = 0
            return line
        }
        var line = line
        if columns > 0 {
            cells += columns
            if cells > LineGuard.freeCells + LineGuard.cellsPerByte * bytes {
                columns = 0
                line.insert(0x0A, at: 0)
                return line
            }
        }
        guard LineGuard.isDelimiterRow(line[start...]) else { return line }
        delimiterRows += 1
        if delimiterRows > LineGuard.maximumDelimiterRows {
            line.insert(UInt8(ascii: "\\"), at: start)
        } else {
            columns = max(columns, line.count { $0 == UInt8(ascii: "|") } + 1)
        }
        return line
    }

    /// Whether the line could set the columns of a table.
    private static func isDelimiterRow(_ line: ArraySlice<UInt8>) -> Bool {
        var hasDash = false
        for byte in line {
            switch byte {
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: "|"), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D: break
            default: return false
            }
        }
        return hasDash
    }

    /// The line with backslashes where it has too many of a kind.
    private static func shortened(_ line: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(line.count + 16)
        var index = line.startIndex
        if let end = excessOfMarks(line) {
            result += line[..<end]
            result.append(UInt8(ascii: "\\"))
            index = end
        }
        var bars = 0
        var hosts = 0
        while index < line.endIndex {
            let byte = line[index]
            if byte == UInt8(ascii: "|") {
                bars += 1
                if bars > maximumCells, result.last != UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            } else if byte == UInt8(ascii: "."), index >= 3, line[(index - 3)..<index].allSatisfy({ $0 | 0x20 == UInt8(ascii: "w") }) {
                hosts += 1
                if hosts > maximumCells { result.append(UInt8(ascii: "\\")) }
            }
            result.append(byte)
            index += 1
        }
        return result
    }

    /// Where the mark of the container stands that is one too many.
    private static func excessOfMarks(_ line: [UInt8]) -> Int? {
        var depth = 0
        var index = 0
        func byte(_ at: Int) -> UInt8 { at < line.count ? line[at] : 0x0A }
        while index < line.count {
            var mark = index
            while byte(mark) == 0x20 || byte(mark) == 0x09 { mark += 1 }
            var end = mark
            switch byte(mark) {
            case UInt8(ascii: ">"): end += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
                // A thematic break is no list.
                if depth == 0, isBreak(line[mark...]) { return nil }
                end += 1
                if byte(end) != 0x20, byte(end) != 0x09 { return nil }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                while end - mark < 9, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte(end) { end += 1 }
                guard byte(end) == UInt8(ascii: ".") || byte(end) == UInt8(ascii: ")") else { return nil }
                end += 1
                if byte(end) != 0x20, byte(end) != 0x09 { return nil }
            default: return nil
            }
            depth += 1
            if depth > maximumDepth {
                // A number's mark is its point.
                return UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte(mark) ? end - 1 : mark
            }
            index = end
        }
        return nil
    }

    private static func isBreak(_ line: ArraySlice<UInt8>) -> Bool {
        guard let mark = line.first else { return false }
        return line.allSatisfy { $0 == mark || $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }
}
