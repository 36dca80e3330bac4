/// The text in quotes for a message: its first characters, on one line.
func quoted(_ text: String) -> String {
    let limit = 60
    return TOMLNode.basicString(text.count > limit ? text.prefix(limit) + "…" : text)
}

extension TOMLNode {
    /// What the value is, for a message.
    var wording: String {
        switch self {
        case .text(let value): quoted(value)
        case .integer, .decimal, .boolean, .special: source
        case .list: "a list"
        case .table: "a table"
        }
    }

    /// The value's type, for a message that must not repeat the value.
    var typeWording: String {
        switch self {
        case .text: "this string"
        case .integer, .decimal: "a number"
        case .boolean: "a boolean"
        case .special: "a date or a time"
        case .list: "a list"
        case .table: "a table"
        }
    }
}
