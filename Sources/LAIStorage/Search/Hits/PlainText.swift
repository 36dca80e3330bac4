/// A text without what is for a Markdown reader only, on one line.
enum PlainText {
    static func bytes(of text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            var line = line
            trim(&line)
            // Fences, rules and the lines under headings.
            if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) || line.allSatisfy({ "-=*_|: ".utf8.contains($0) }) { continue }
            skipMarks(&line)
            if !out.isEmpty { out.append(0x20) }
            append(line, to: &out)
        }
        while out.last == 0x20 { out.removeLast() }
        return out
    }

    private static func trim(_ line: inout Substring.UTF8View) {
        while let first = line.first, first == 0x20 || first == 0x09 { line.removeFirst() }
    }

    /// The marks of headings, quotations and lists at the beginning of a line.
    private static func skipMarks(_ line: inout Substring.UTF8View) {
        while let first = line.first {
            let marks = line.prefix { $0 == first }
            let next = line.dropFirst(marks.count).first
            switch first {
            case UInt8(ascii: ">"): line = line.dropFirst(marks.count)
            case UInt8(ascii: "#") where marks.count < 7 && (next == 0x20 || next == nil): line = line.dropFirst(marks.count)
            case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
                guard marks.count == 1, next == 0x20 else { return }
                line = line.dropFirst(2)
            default: return
            }
            trim(&line)
        }
    }

    private static func append(_ line: Substring.UTF8View, to out: inout [UInt8]) {
        var last: UInt8 = 0x20
        var previous: UInt8 = 0
        for byte in line {
            defer { previous = byte }
            switch byte {
            case UInt8(ascii: "`"): continue
            // Two are bold; one may be a product, or a pointer.
            case UInt8(ascii: "*") where previous == byte:
                if last == byte { out.removeLast() }
                last = out.last ?? 0x20
                continue
            case 0x00..<0x21, 0x7F:
                if last == 0x20 { continue }
                last = 0x20
            default: last = byte
            }
            out.append(last)
        }
    }
}
