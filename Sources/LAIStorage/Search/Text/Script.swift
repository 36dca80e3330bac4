/// What a scalar outside ASCII is to a search.
enum Script {
    /// A letter, a digit, or a mark on one.
    case word
    /// A sign of a script that puts no spaces between words.
    case signs
    /// It parts words.
    case none

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // Latin, Greek and Cyrillic letters, the most of what comes.
        case 0xC0...0x24F where scalar.value != 0xD7 && scalar.value != 0xF7: self = .word
        case 0x300...0x36F: self = .word
        // General punctuation, arrows, lines and boxes.
        case 0x2000...0x206F, 0x2190...0x245F, 0x2500...0x27BF: self = .none
        // Thai and Lao, Burmese, Hangul letters, Khmer.
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF: self = Script.isWord(scalar) ? .signs : .none
        // Kana and its kin, Han, Hangul.
        case 0x3005...0x3007, 0x3040...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF66...0xFFDC,
            0x1B000...0x1B16F, 0x20000...0x3FFFF:
            self = Script.isWord(scalar) ? .signs : .none
        default: self = Script.isWord(scalar) ? .word : .none
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            // The mark that asks for an emoji's colours is none on a letter.
            !(0xFE00...0xFE0F).contains(scalar.value)
        default: false
        }
    }
}
