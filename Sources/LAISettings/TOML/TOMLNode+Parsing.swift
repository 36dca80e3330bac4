internal import TOMLKit

extension TOMLNode {
    /// Copies the parser's tree. The text must hold no U+0000: the parser gives its strings and keys as C strings.
    init(_ value: any TOMLValueConvertible) {
        switch value.type {
        case .table:
            var members: [String: TOMLNode] = [:]
            for (key, member) in value.table ?? TOMLTable() { members[key] = TOMLNode(member) }
            self = .table(members)
        case .array: self = .list((value.array ?? TOMLArray()).map(TOMLNode.init))
        case .string: self = .text(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .double:
            let number = value.double ?? .nan
            self = number.isNaN ? .special("nan") : .decimal(number)
        case .date, .time, .dateTime: self = .special(value.debugDescription)
        }
    }
}

extension TOMLNode {
    /// A value in TOML's own notation; nil for what is none.
    static func typed(_ text: String) -> TOMLNode? {
        // A line break could end the value and begin a key of its own.
        guard !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        do {
            let document = try TOMLDocument(bytes: Array("value = \(text)".utf8), file: "value")
            return document.root["value"]
        } catch {
            return nil
        }
    }
}
