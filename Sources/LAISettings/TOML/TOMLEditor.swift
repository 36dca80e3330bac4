internal import LAICore

/// Changes single values in a TOML text. All other bytes stay as they are.
///
/// Each change is checked before it is given back: the new text must parse, and must have the values of the old one
/// but for the one that was asked for. What cannot be changed so is refused.
struct TOMLEditor {
    /// A replacement of some bytes of the text.
    struct Splice {
        var range: Range<Int>
        var text: String
    }

    let document: TOMLDocument
    let newline: String

    var outline: TOMLOutline { document.outline }
    var bytes: [UInt8] { document.bytes }

    init(_ document: TOMLDocument) {
        self.document = document
        let first = document.bytes.firstIndex(of: 0x0A)
        newline = first.map { $0 > 0 && document.bytes[$0 - 1] == 0x0D } == true ? "\r\n" : "\n"
    }

    /// The text with that value at the key.
    func setting(_ key: DottedKey, to value: TOMLNode) throws -> TOMLDocument {
        try checkWay(to: key)
        guard let expected = document.root.setting(key.segments, to: value) else { throw refusal(key) }
        return try applying([try splice(setting: key, to: value)], expecting: expected, for: key)
    }

    /// The text without the key, and without all that is below it; nil when there is no such key.
    func removing(_ key: DottedKey) throws -> TOMLDocument? {
        guard document.root[key.segments] != nil else { return nil }
        guard let expected = document.root.setting(key.segments, to: nil) else { throw refusal(key) }
        return try applying(splices(removing: key.segments), expecting: expected, for: key)
    }

    private func applying(_ splices: [Splice], expecting root: TOMLNode, for key: DottedKey) throws -> TOMLDocument {
        var edited = bytes
        for splice in splices.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            edited.replaceSubrange(splice.range, with: splice.text.utf8)
        }
        let result: TOMLDocument
        do { result = try TOMLDocument(bytes: edited, file: document.file) } catch { throw refusal(key, cause: error) }
        guard result.root.pruned == root.pruned else { throw refusal(key) }
        return result
    }

    /// A key cannot stand below a value that is no table.
    private func checkWay(to key: DottedKey) throws {
        for count in 1..<max(1, key.segments.count) {
            let prefix = Array(key.segments.prefix(count))
            guard let node = document.root[prefix], node.members == nil else { continue }
            throw document.error(
                at: outline.valueOffset(of: prefix),
                "\(key) cannot be set, because \(DottedKey(prefix)) is \(node.typeWording) and not a table.")
        }
    }

    private func refusal(_ key: DottedKey, cause: (any Error)? = nil) -> LAIError {
        LAIError(
            .configuration,
            "\(document.file): \(key) cannot be changed without touching other lines as the file is written; "
                + "the file is unchanged, please edit it by hand.",
            cause: cause)
    }

    // MARK: - Lines

    /// The end of the line around that place, without its line break.
    func lineEnd(of offset: Int) -> Int {
        let feed = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        return feed > offset && bytes[feed - 1] == 0x0D ? feed - 1 : feed
    }

    /// Whole lines, the line break at their end included.
    func lines(of range: Range<Int>) -> Range<Int> {
        let end = bytes[range.upperBound...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        return lineStart(of: range.lowerBound)..<end
    }

    func lineStart(of offset: Int) -> Int { TOMLScanner(bytes: bytes).lineStart(of: offset) }

    /// The spaces and tabs at the start of the line around that place.
    func indentation(of offset: Int) -> String {
        let start = lineStart(of: offset)
        return String(decoding: bytes[start...].prefix(while: TOMLScanner.isSpace), as: UTF8.self)
    }
}
