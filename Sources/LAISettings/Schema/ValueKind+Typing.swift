extension ValueKind {
    /// The value that a person typed on the command line, in this kind's type; nil when it cannot be one.
    ///
    /// A string is taken as it is, without TOML's quotes. A list reads as TOML (`["a", "b"]`) or as `a, b`.
    func value(typed text: String) -> TOMLNode? {
        switch self {
        case .text, .model, .modelOrAlias, .choice, .url, .environmentName, .path, .headerValue: .text(text)
        case .integer: Int(text).map(TOMLNode.integer)
        case .seconds, .secondsOrZero, .minutes, .price:
            Int(text).map(TOMLNode.integer) ?? Double(text).flatMap { $0.isFinite ? .decimal($0) : nil }
        case .boolean: Bool(text).map(TOMLNode.boolean)
        case .list, .models, .choices: Self.list(text)
        }
    }

    private static func list(_ text: String) -> TOMLNode? {
        if text.drop(while: \.isWhitespace).first == "[" { return .typed(text) }
        let parts = text.split(separator: ",", omittingEmptySubsequences: !text.contains(",")).map { part in
            String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        return .list(parts.map(TOMLNode.text))
    }
}
