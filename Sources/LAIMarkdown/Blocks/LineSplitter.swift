/// Splits a growing text into lines, each with its end: LF, CR or CRLF, which a cut between pieces does not part.
struct LineSplitter {
    /// The bytes of the line that is not whole yet.
    private(set) var rest: [UInt8] = []
    private var hasBegun = false

    /// Takes a piece of the text and gives each line that is whole now.
    mutating func append(_ piece: String, _ take: ([UInt8]) -> Void) {
        var piece = piece
        piece.withUTF8 { bytes in
            var bytes = bytes[...]
            if !hasBegun, !bytes.isEmpty {
                hasBegun = true
                // A byte order mark is no text; a string's pieces hold it whole.
                if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            }
            if rest.last == 0x0D, let first = bytes.first {
                if first == 0x0A {
                    rest.append(first)
                    bytes = bytes.dropFirst()
                }
                give(take)
            }
            while let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
                var next = end + 1
                if bytes[end] == 0x0D {
                    // What follows the CR says where the line ends.
                    guard next < bytes.endIndex else { break }
                    if bytes[next] == 0x0A { next += 1 }
                }
                rest += bytes[..<next]
                bytes = bytes[next...]
                give(take)
            }
            rest += bytes
        }
    }

    /// Ends the text.
    /// - Returns: the last line, where no end followed it.
    mutating func finish() -> [UInt8]? {
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
    }

    private mutating func give(_ take: ([UInt8]) -> Void) {
        var line: [UInt8] = []
        swap(&line, &rest)
        take(line)
    }
}

extension [UInt8] {
    /// Whether the line holds nothing but spaces and tabs.
    var isBlankLine: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } }
}
