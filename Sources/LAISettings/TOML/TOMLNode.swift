/// A value of a TOML file, without its place in it.
enum TOMLNode: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case decimal(Double)
    case boolean(Bool)
    /// What no setting takes, kept to compare it: a date or a time as it is written, and `nan`, which equals nothing.
    case special(String)
    case list([TOMLNode])
    case table([String: TOMLNode])
}

extension TOMLNode {
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    var members: [String: TOMLNode]? { if case .table(let value) = self { value } else { nil } }
    /// The members that are strings.
    var texts: [String: String]? { members?.compactMapValues(\.text) }

    /// An integer or a decimal.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        default: nil
        }
    }

    var seconds: Duration? { number.map { .seconds($0) } }
    var minutes: Duration? { number.map { .seconds($0 * 60) } }

    subscript(key: String) -> TOMLNode? { members?[key] }

    subscript(path: some Collection<String>) -> TOMLNode? {
        path.reduce(self) { node, key in node?[key] }
    }

    /// The same tree with that value at the path; tables on the way are made. A way through what is no table has no
    /// result.
    func setting(_ path: some Collection<String>, to value: TOMLNode?) -> TOMLNode? {
        guard let key = path.first else { return value }
        guard var members else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty {
            members[key] = value
        } else if let child = (members[key] ?? .table([:])).setting(rest, to: value) {
            members[key] = child
        } else {
            return nil
        }
        return .table(members)
    }

    /// Without the tables that hold nothing, however deep. Whether such a table is there says nothing to a reader of
    /// values, and depends on how the other keys were written.
    var pruned: TOMLNode {
        guard let members else { return self }
        return .table(members.mapValues(\.pruned).filter { $0.value != .table([:]) })
    }
}
