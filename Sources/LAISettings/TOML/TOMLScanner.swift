/// Finds where the parts of a TOML text lie. What they mean, and whether each value is right, the parser says.
///
/// The scanner comes first, and the parser gets only what it could follow: on some broken texts (`[[[a]]]`) the parser
/// stops the program instead of failing. What is left to it are dates that do not exist, numbers out of range, and keys
/// and tables that are defined twice.
struct TOMLScanner {
    /// What stands in the way of an outline.
    struct Failure: Error {
        var offset: Int
        var problem: String
    }

    /// The longest path that a key may have, and the deepest nesting of values. Scanner, parser and tree recurse.
    static let deepest = 32
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    let bytes: [UInt8]
    var index = 0
    var depth = 0
    var result = TOMLOutline()

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }
    var current: UInt8? { isAtEnd ? nil : bytes[index] }

    /// The outline of the whole text.
    mutating func outline() throws -> TOMLOutline {
        if bytes.starts(with: Self.byteOrderMark) { index = 3 }
        result.sections = [.init(path: [], segments: [], header: nil, isElement: false, range: index..<bytes.count)]
        while true {
            skipSpaces()
            switch current {
            case nil: return result
            case 0x0A, 0x0D: _ = try lineBreak()
            case UInt8(ascii: "#"): result.comments.append(try comment())
            case UInt8(ascii: "["):
                try header()
                try endOfLine()
            default:
                try entry(in: result.sections[result.sections.count - 1].path, parent: nil, isRecorded: true)
                try endOfLine()
            }
        }
    }

    private mutating func header() throws {
        let start = index
        index += 1
        let isElement = take(UInt8(ascii: "["))
        let (path, segments) = try dottedKey()
        try expect(UInt8(ascii: "]"))
        if isElement, !take(UInt8(ascii: "]")) { throw unexpected("']'") }
        let line = lineStart(of: start)
        result.sections[result.sections.count - 1].range =
            result.sections[result.sections.count - 1].range.lowerBound..<line
        try checkDepth(path, at: start)
        result.sections.append(
            .init(
                path: path, segments: segments, header: start..<index, isElement: isElement, range: line..<bytes.count))
    }

    /// Reads one `key = value`. What lies in an array has no path of its own and is not recorded.
    mutating func entry(in table: [String], parent: Int?, isRecorded: Bool) throws {
        let start = index
        let (key, segments) = try dottedKey()
        let path = table + key
        try checkDepth(path, at: start)
        try expect(UInt8(ascii: "="))
        skipSpaces()
        let value = index
        guard isRecorded else { return try skipValue() }
        let place = result.entries.count
        result.entries.append(
            .init(
                path: path, segments: segments, value: value..<value, section: result.sections.count - 1, parent: parent
            ))
        if current == UInt8(ascii: "{") {
            result.entries[place].isTable = true
            try inlineTable(path: path, parent: place, isRecorded: true)
        } else {
            try skipValue()
        }
        result.entries[place].value = value..<index
    }

    func lineStart(of offset: Int) -> Int {
        let first = bytes.starts(with: Self.byteOrderMark) ? 3 : 0
        return bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? min(first, offset)
    }

    private func checkDepth(_ path: [String], at offset: Int) throws {
        if path.count > Self.deepest {
            throw Failure(offset: offset, problem: "the key has more than \(Self.deepest) parts")
        }
    }
}
