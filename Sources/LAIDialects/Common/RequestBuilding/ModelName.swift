/// A model's name taken apart: `anthropic/claude-opus-4-6`, `gemini-2.5-flash`, `gpt-5.1-2025-11-13`.
struct ModelName {
    /// The name's words in lower case, without the maker in front of a slash.
    let words: [Substring]
    /// The version, where the name tells one. Dates are none.
    let version: Version?

    struct Version: Comparable {
        var major: Int
        var minor: Int

        static func < (a: Version, b: Version) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
    }

    init(_ name: String) {
        let own = name.lowercased().split(separator: "/").last ?? ""
        words = own.split { !($0.isLetter || $0.isNumber) }
        version = ModelName.version(words)
    }

    func contains(_ word: Substring) -> Bool { words.contains(word) }

    func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        version.map { $0 >= Version(major: major, minor: minor) } ?? false
    }

    /// The first word that begins with a digit is the version, and the next one its second half if it is a number of
    /// one or two digits. `4o` is 4; `2024` is a date.
    private static func version(_ words: [Substring]) -> Version? {
        guard let index = words.firstIndex(where: { $0.first?.isNumber == true }) else { return nil }
        let digits = words[index].prefix { $0.isNumber }
        guard let major = Int(digits), major <= 20 else { return nil }
        let isWhole = digits.count == words[index].count
        guard isWhole, index + 1 < words.count, words[index + 1].count <= 2, let minor = Int(words[index + 1]) else {
            return Version(major: major, minor: 0)
        }
        return Version(major: major, minor: minor)
    }
}
