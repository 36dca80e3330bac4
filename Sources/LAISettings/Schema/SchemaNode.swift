/// What may stand at one place of the configuration file.
indirect enum SchemaNode: Sendable {
    /// One value.
    case value(ValueKind)
    /// A table with these keys and no others.
    case table([(key: String, node: SchemaNode)])
    /// A table whose keys the person chooses.
    case map(NameRule, SchemaNode)

    /// What may stand at that path below; nil where nothing may.
    subscript(path: some Collection<String>) -> SchemaNode? {
        guard let key = path.first else { return self }
        switch self {
        case .value: return nil
        case .table(let members): return members.first { $0.key == key }?.node[path.dropFirst()]
        case .map(let rule, let node): return rule.allows(key) ? node[path.dropFirst()] : nil
        }
    }

    /// The keys that are fixed here.
    var keys: [String] { if case .table(let members) = self { members.map(\.key) } else { [] } }

    /// The paths of the tables that have that key for a value, with the rule's placeholder for a name of choice.
    func tables(with key: String, under path: [String] = []) -> [[String]] {
        switch self {
        case .value: []
        case .table(let members):
            members.flatMap { member in
                if case .value = member.node { return member.key == key ? [path] : [] }
                return member.node.tables(with: key, under: path + [member.key])
            }
        case .map(let rule, let node): node.tables(with: key, under: path + [rule.placeholder])
        }
    }
}
