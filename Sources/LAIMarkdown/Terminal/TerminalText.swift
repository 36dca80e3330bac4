/// What of a model's text may reach a terminal.
enum TerminalText {
    /// The text without anything that could drive the terminal: control characters and the overrides of the direction
    /// of writing become U+FFFD, tabs four spaces.
    static func safe(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return String(text) }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09: result.append(contentsOf: "    ".unicodeScalars)
            case 0x00...0x1F, 0x7F...0x9F, 0x202D, 0x202E, 0x2028, 0x2029: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// An address for a hyperlink: every byte that is no visible ASCII is written with a percent sign.
    static func safe(url: String) -> String {
        var result = ""
        for byte in url.utf8 {
            if 0x21...0x7E ~= byte {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// Whether a line may be broken on either side of the scalar: writing without spaces between its words.
    static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x2E80 && CellWidth.isWide(scalar) && !(0x3099...0x309A ~= scalar.value) && !(0x302A...0x302F ~= scalar.value)
            && !scalar.properties.isEmoji
    }

    /// Whether a line may not begin with the scalar: closing marks of East Asian writing, and small kana.
    static func isClosing(_ scalar: Unicode.Scalar) -> Bool { closing.contains(scalar) }

    private static let closing = Set("、。，．：；？！）」』】〉》〕］｝・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜～％".unicodeScalars)
}
