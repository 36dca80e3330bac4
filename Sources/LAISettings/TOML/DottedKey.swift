internal import LAICore

/// A key such as `providers.groq.base_url`, in its segments.
///
/// On the command line a segment that holds a dot is quoted as TOML quotes it (`aliases."gpt-4.1"`); anything else may
/// stand bare. Written into a file, a segment is quoted wherever TOML asks for it.
struct DottedKey: Hashable, CustomStringConvertible {
    var segments: [String]

    init(_ segments: some Sequence<String>) { self.segments = Array(segments) }

    /// Reads what a person typed.
    init(parsing text: String) throws {
        let wrong = LAIError(
            .configuration,
            "\(quoted(text)) is no key: write its parts with dots between them (providers.groq.base_url), "
                + "and quote a part that holds a dot itself (aliases.\"gpt-4.1\")."
        )
        segments = []
        var scanner = TOMLScanner(bytes: Array(text.utf8))
        repeat {
            let segment: String?
            switch scanner.current {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                do { segment = try scanner.quotedKey() } catch { throw wrong }
            default: segment = scanner.looseKey()
            }
            guard let segment, !segment.isEmpty, !segment.utf8.contains(0) else { throw wrong }
            segments.append(segment)
        } while scanner.take(UInt8(ascii: "."))
        guard scanner.isAtEnd, segments.count <= TOMLScanner.deepest else { throw wrong }
    }

    /// The key as TOML writes it.
    var description: String {
        segments.map { segment in
            let isBare = !segment.isEmpty && segment.utf8.allSatisfy(TOMLScanner.isBare)
            return isBare ? segment : TOMLNode.basicString(segment)
        }.joined(separator: ".")
    }
}
