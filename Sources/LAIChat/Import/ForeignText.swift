internal import LAICore

/// Text made of what other programs keep in forms of their own.
enum ForeignText {
    /// A block of code. The fence is longer than any in it.
    static func code(_ code: String, _ language: String? = nil) -> String {
        var longest = 2
        var run = 0
        for byte in code.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let word = language.map { $0.filter { !$0.isWhitespace && $0 != "`" } } ?? ""
        return "\(fence)\(word == "unknown" ? "" : word)\n\(code)\(code.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    static func quote(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(separator: "\n")
    }

    /// A file whose text came along.
    static func file(_ name: String?, _ text: String) -> String {
        guard let name, !name.isEmpty else { return text }
        return "\(name):\n\n\(code(text))"
    }

    /// Joins what stands in one message, with an empty line between.
    static func joined(_ texts: [String]) -> String { texts.filter { !$0.isEmpty }.joined(separator: "\n\n") }

    /// ChatGPT's marks for its own page (references, menus), which mean nothing elsewhere: runs between two characters
    /// of the private use area.
    static func withoutMarks(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value == 0xE200 }) else { return text }
        var kept = String.UnicodeScalarView()
        var held = String.UnicodeScalarView()
        var isMark = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xE200:
                kept.append(contentsOf: held)
                held = String.UnicodeScalarView([scalar])
                isMark = true
            case 0xE201 where isMark:
                held = String.UnicodeScalarView()
                isMark = false
            default: if isMark { held.append(scalar) } else { kept.append(scalar) }
            }
        }
        // A mark that does not end was none.
        kept.append(contentsOf: held)
        return String(kept)
    }
}
