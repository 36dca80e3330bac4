extension TOMLNode {
    /// The value as TOML writes it, on one line.
    var source: String {
        switch self {
        case .text(let value): Self.basicString(value)
        case .integer(let value): String(value)
        case .decimal(let value): value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
        case .boolean(let value): value ? "true" : "false"
        case .special(let value): value
        case .list(let elements): "[" + elements.map(\.source).joined(separator: ", ") + "]"
        case .table(let members):
            members.isEmpty
                ? "{}"
                : "{ "
                    + members.sorted { $0.key < $1.key }
                    .map { DottedKey([$0.key]).description + " = " + $0.value.source }
                    .joined(separator: ", ") + " }"
        }
    }

    /// The lines `key = value` of all that the tree holds, sorted, with whole dotted keys.
    func lines(under prefix: [String]) -> [String] {
        guard let members else { return ["\(DottedKey(prefix)) = \(source)"] }
        return members.sorted { $0.key < $1.key }.flatMap { $0.value.lines(under: prefix + [$0.key]) }
    }

    static func basicString(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
