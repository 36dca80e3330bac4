/// A place in a text, counted as editors do: both from one, columns in Unicode scalars.
struct TextPosition: Equatable, CustomStringConvertible {
    var line: Int
    var column: Int

    init(offset: Int, in bytes: [UInt8]) {
        let before = bytes[..<min(offset, bytes.count)]
        line = 1 + before.count { $0 == 0x0A }
        var start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if start == 0, bytes.starts(with: TOMLScanner.byteOrderMark) { start = min(3, before.endIndex) }
        // A continuation byte of UTF-8 reads 10xxxxxx and starts no scalar.
        column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    }

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    var description: String { "\(line):\(column)" }
}
