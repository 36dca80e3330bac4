/// How many cells of a terminal a text takes.
///
/// A grapheme takes two when its first scalar is wide or fullwidth (Unicode 16, `EastAsianWidth.txt`), is shown as an
/// emoji (`Emoji_Presentation`), is made one by U+FE0F, or is a pair of regional indicators (UTS #51); none when it
/// holds nothing but marks and format characters; else one.
enum CellWidth {
    /// The wide and fullwidth ranges of `EastAsianWidth.txt`, without the emoji; gaps of unassigned scalars are closed.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
        0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]

    static func of(_ text: some StringProtocol) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let base = scalars.first(where: { !isZero($0) }) else { return 0 }
        if base.value < 0x300, scalars.count == 1 { return 1 }
        if isWide(base) || base.properties.isEmojiPresentation { return 2 }
        if scalars.count > 1 {
            if 0x1F1E6...0x1F1FF ~= base.value { return 2 }
            if base.properties.isEmoji, scalars.contains("\u{FE0F}") { return 2 }
        }
        return 1
    }

    static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x1100 else { return false }
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if wide[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return low < wide.count && wide[low].lowerBound <= scalar.value
    }

    private static func isZero(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x300 { return scalar.value == 0xAD }
        // The vowels and last consonants of Hangul join the syllable before them.
        if 0x1160...0x11FF ~= scalar.value || 0xD7B0...0xD7FF ~= scalar.value { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }
}
