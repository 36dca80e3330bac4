/// Makes letters alike that a person who searches does not tell apart: capitals and small ones, with accents and without.
///
/// An accent is known by the letter's name in Unicode, which never changes: LATIN SMALL LETTER E WITH ACUTE is an E.
enum LetterFolding {
    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        let index = Int(scalar.value) - tableStart
        if table.indices.contains(index) {
            append(table[index], to: &bytes)
        } else {
            append(fold(scalar), to: &bytes)
        }
    }

    private static func append(_ scalars: [Unicode.Scalar], to bytes: inout [UInt8]) {
        for scalar in scalars { bytes.append(contentsOf: UTF8.encode(scalar)!) }
    }

    private static let tableStart = 0xC0
    /// The letters that come most, up to the end of Cyrillic.
    private static let table: [[Unicode.Scalar]] = (tableStart...0x4FF).map { fold(Unicode.Scalar($0)!) }

    private static func fold(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        // Letters of full width.
        if (0xFF01...0xFF5E).contains(scalar.value) { return foldSmall(Unicode.Scalar(scalar.value - 0xFEE0)!.properties.lowercaseMapping) }
        return foldSmall(scalar.properties.lowercaseMapping)
    }

    private static func foldSmall(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.flatMap(base) }

    /// The letter without its marks.
    private static func base(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar {
        case "ß": return ["s", "s"]
        case "æ", "ǽ", "ǣ": return ["a", "e"]
        case "œ": return ["o", "e"]
        case "þ": return ["t", "h"]
        case "ð": return ["d"]
        case "ı": return ["i"]
        case "ς": return ["σ"]
        case "ё": return ["е"]
        default: break
        }
        // Accents that stand alone; the points of Hebrew, the vowels of Arabic.
        switch scalar.value {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F, 0x591...0x5C7, 0x610...0x61A, 0x640,
            0x64B...0x65F, 0x670:
            return []
        case ..<0xC0: return [scalar]
        case 0xC0...0x24F, 0x1E00...0x1EFF: return [latin(scalar) ?? scalar]
        case 0x370...0x3FF, 0x1F00...0x1FFF: return [greek(scalar) ?? scalar]
        default: return [scalar]
        }
    }

    private static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let prefix = "LATIN SMALL LETTER "
        guard let name = scalar.properties.name, name.hasPrefix(prefix) else { return nil }
        let words = name.dropFirst(prefix.count).split(separator: " ")
        guard words.count > 2, words[1] == "WITH", words[0].count == 1, let letter = words[0].unicodeScalars.first else { return nil }
        return Unicode.Scalar(letter.value | 0x20)
    }

    private static func greek(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard let name = scalar.properties.name, let end = name.firstRange(of: " WITH ")?.lowerBound else { return nil }
        return greekLetters[String(name[..<end])]
    }

    private static let greekLetters: [String: Unicode.Scalar] = Dictionary(
        uniqueKeysWithValues: (0x3B1...0x3C9).compactMap { Unicode.Scalar($0) }.compactMap { scalar in
            scalar.properties.name.map { ($0, scalar) }
        })
}
