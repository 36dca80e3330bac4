/// What a terminal can show.
public struct TerminalStyle: Sendable, Hashable {
    /// How many cells a row has; at least 20 are used.
    public var width: Int
    /// Whether the text may be bold, coloured and so on. Without that, the marks that say it stay in the text.
    public var hasColours: Bool
    /// Whether links may be made that the terminal opens (OSC 8). Without that, the address stands behind the text.
    public var hasLinks: Bool

    public init(width: Int = 80, hasColours: Bool = true, hasLinks: Bool = true) {
        self.width = max(20, min(width, 10_000))
        self.hasColours = hasColours
        self.hasLinks = hasLinks
    }
}

/// The look of a piece of text.
struct SpanStyle: Hashable {
    var attributes: Attributes = []
    /// The address to which the text links.
    var link: String?

    struct Attributes: OptionSet, Hashable {
        let rawValue: Int
        static let bold = Attributes(rawValue: 1)
        static let italic = Attributes(rawValue: 2)
        static let struck = Attributes(rawValue: 4)
        static let code = Attributes(rawValue: 8)
        static let dim = Attributes(rawValue: 16)
        static let underlined = Attributes(rawValue: 32)
    }

    static let plain = SpanStyle()
    static let dim = SpanStyle(attributes: .dim)

    /// The text with the sequences that a terminal needs for the look, and those that end it.
    func rendered(_ text: String, _ style: TerminalStyle) -> String {
        if self == .plain || text.isEmpty { return text }
        var result = text
        if style.hasColours {
            let codes = SpanStyle.codes.filter { attributes.contains($0.0) }.map(\.1)
            if !codes.isEmpty { result = "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m" }
        }
        if style.hasLinks, let link { result = "\u{1B}]8;;\(TerminalText.safe(url: link))\u{1B}\\\(result)\u{1B}]8;;\u{1B}\\" }
        return result
    }

    private static let codes: [(Attributes, String)] = [
        (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underlined, "4"), (.struck, "9"), (.code, "36"),
    ]
}
