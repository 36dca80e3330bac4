/// Cuts a text into the terms that a search compares: words with their case and accents folded, pairs of signs where a
/// script writes no spaces, and what stands in identifiers.
///
/// - Words are runs of letters, digits and their marks. `parse_line`, `src/main.c` and `a.b.c` are several words that
///   follow one another: searched for as a phrase they are found whole, and by each of their words.
/// - Han, kana, Hangul, Thai, Lao, Khmer and Burmese give each sign with the one after it, and the last sign of a run
///   alone: so any piece of a run is found as a phrase of pairs.
/// - Beside the words stand extras: `parse` and `line` for `parseLine`, and `c++` or `c#` for those names.
///
/// What is in the index depends on every rule here: a change needs a migration that builds the index anew.
struct SearchTokenizer {
    enum Kind {
        case word
        /// Of a script without spaces: two signs, or the last one of a run.
        case signs
        /// A part of a word that was given before; `opensGroup` where it is the first of that word's.
        case extra(opensGroup: Bool)
    }

    /// No word is longer, in bytes: of what is longer this much counts.
    static let longestTerm = 96

    /// Gives each term with the bytes of the text that it stands for, in their order.
    static func scan(_ text: some StringProtocol, _ body: (_ term: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ kind: Kind) -> Void) {
        var text = String(text)
        text.withUTF8 { bytes in
            var tokenizer = SearchTokenizer(bytes: bytes)
            tokenizer.run(body)
        }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var term: [UInt8] = []

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        term.reserveCapacity(SearchTokenizer.longestTerm + 16)
    }

    private typealias Body = (UnsafeBufferPointer<UInt8>, Range<Int>, Kind) -> Void

    private mutating func run(_ body: Body) {
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x80 {
                if byte.isASCIIWord { word(body) } else { place += 1 }
                continue
            }
            let (scalar, length) = scalar(at: place)
            switch Script(scalar) {
            case .word: word(body)
            case .signs: signs(body)
            case .none: place += length
            }
        }
    }

    private mutating func word(_ body: Body) {
        let start = place
        term.removeAll(keepingCapacity: true)
        var isASCII = true
        var humps = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x80 {
                guard byte.isASCIIWord else { break }
                let isUpper = byte.isASCIIUpper
                // A capital after a small letter, or a small letter after two capitals.
                if place > start, isUpper ? bytes[place - 1].isASCIILower : byte.isASCIILower && place > start + 1 && bytes[place - 1].isASCIIUpper && bytes[place - 2].isASCIIUpper {
                    humps = true
                }
                if term.count < SearchTokenizer.longestTerm { term.append(isUpper ? byte | 0x20 : byte) }
                place += 1
            } else {
                let (scalar, length) = scalar(at: place)
                guard case .word = Script(scalar) else { break }
                isASCII = false
                if term.count < SearchTokenizer.longestTerm { LetterFolding.append(scalar, to: &term) }
                place += length
            }
        }
        if term.isEmpty { return }
        let end = place
        term.withUnsafeBufferPointer { body($0, start..<end, .word) }
        guard isASCII, end - start <= 48 else { return }
        sharpOrPlus(start, end, body)
        if humps { self.humps(start, end, body) }
    }

    /// `c++`, `c#`: the signs belong to the name.
    private mutating func sharpOrPlus(_ start: Int, _ end: Int, _ body: Body) {
        guard end < bytes.count, !bytes[start].isASCIIDigit else { return }
        let signs: Int
        if bytes[end] == 0x2B, end + 1 < bytes.count, bytes[end + 1] == 0x2B { signs = 2 } else if bytes[end] == 0x23 { signs = 1 } else { return }
        if end + signs < bytes.count, bytes[end + signs].isASCIIWord || bytes[end + signs] == bytes[end] { return }
        term.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[end..<end + signs]))
        term.withUnsafeBufferPointer { body($0, start..<end + signs, .extra(opensGroup: true)) }
        term.removeLast(signs)
    }

    /// The parts of `parseLine` and `HTTPServer`.
    private func humps(_ start: Int, _ end: Int, _ body: Body) {
        var first = start
        var opensGroup = true
        for next in start + 1...end {
            if next < end {
                let isUpper = bytes[next].isASCIIUpper
                let beginsWord = isUpper && !bytes[next - 1].isASCIIUpper
                let endsCapitals = isUpper && bytes[next - 1].isASCIIUpper && next + 1 < end && bytes[next + 1].isASCIILower
                guard beginsWord || endsCapitals else { continue }
            }
            if next - first > 1 {
                term[first - start..<next - start].withUnsafeBufferPointer { body($0, first..<next, .extra(opensGroup: opensGroup)) }
                opensGroup = false
            }
            first = next
        }
    }

    private mutating func signs(_ body: Body) {
        var start = place
        var (_, length) = scalar(at: place)
        while true {
            let next = start + length
            guard next < bytes.count, bytes[next] >= 0x80 else { break }
            let (following, nextLength) = scalar(at: next)
            guard case .signs = Script(following) else { break }
            body(UnsafeBufferPointer(rebasing: bytes[start..<next + nextLength]), start..<next + nextLength, .signs)
            (start, length) = (next, nextLength)
        }
        body(UnsafeBufferPointer(rebasing: bytes[start..<start + length]), start..<start + length, .signs)
        place = start + length
    }

    /// The scalar of valid UTF-8 that begins here.
    private func scalar(at index: Int) -> (Unicode.Scalar, Int) {
        let first = UInt32(bytes[index])
        func next(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
        let (value, length): (UInt32, Int) =
            switch first {
            case ..<0x80: (first, 1)
            case ..<0xE0: ((first & 0x1F) << 6 | next(1), 2)
            case ..<0xF0: ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3)
            default: ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
            }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isASCIIUpper: Bool { self >= 0x41 && self <= 0x5A }
    fileprivate var isASCIILower: Bool { self >= 0x61 && self <= 0x7A }
    fileprivate var isASCIIWord: Bool { isASCIILower || isASCIIUpper || isASCIIDigit }
}
