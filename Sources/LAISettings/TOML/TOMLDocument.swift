internal import LAICore
internal import TOMLKit

/// A TOML text together with its values and with where each of them lies.
struct TOMLDocument {
    let bytes: [UInt8]
    let file: String
    let root: TOMLNode
    let outline: TOMLOutline

    /// Reads the text.
    ///
    /// - Throws: ``LAICore/LAIError`` with the code `configuration` for what is no UTF-8 or no TOML, and for U+0000,
    ///   which the parser would take as the end of a string.
    init(bytes: [UInt8], file: String) throws {
        self.bytes = bytes
        self.file = file
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.error(in: file, at: Self.firstInvalidByte(bytes), of: bytes, "the text is not valid UTF-8.")
        }
        if let zero = bytes.firstIndex(of: 0) {
            throw Self.error(in: file, at: zero, of: bytes, "the text holds the character U+0000.")
        }
        var scanner = TOMLScanner(bytes: bytes)
        do {
            outline = try scanner.outline()
        } catch let failure as TOMLScanner.Failure {
            throw Self.error(in: file, at: failure.offset, of: bytes, "\(failure.problem).")
        }
        do {
            root = TOMLNode(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let begin = error.source.begin
            throw Self.error(
                in: file,
                TextPosition(line: begin.line, column: begin.column),
                "the text is not valid TOML: \(Self.sentence(error.description))."
            )
        }
    }

    /// An error at that place of the text.
    func error(at offset: Int, _ sentence: String) -> LAIError {
        Self.error(in: file, at: offset, of: bytes, sentence)
    }

    private static func error(in file: String, at offset: Int, of bytes: [UInt8], _ sentence: String) -> LAIError {
        error(in: file, TextPosition(offset: offset, in: bytes), sentence)
    }

    private static func error(in file: String, _ position: TextPosition, _ sentence: String) -> LAIError {
        LAIError(.configuration, "\(file):\(position): \(sentence)")
    }

    /// The parser's words, without where it was ("Error while parsing table header: ") and on one line.
    private static func sentence(_ description: String) -> String {
        let words = description.split(separator: ": ", maxSplits: 1)
        let isPlace = words.count == 2 && words[0].hasPrefix("Error while parsing ")
        return (isPlace ? words[1] : description[...]).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func firstInvalidByte(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return offset
    }
}
