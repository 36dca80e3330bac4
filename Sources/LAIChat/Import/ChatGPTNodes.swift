internal import LAICore

/// The nodes of a ChatGPT conversation. What its links say is not trusted: a parent that is missing, and a ring of
/// parents, must not lose a message or lead nowhere.
struct ChatGPTNodes {
    private let nodes: [String: JSONValue]
    private(set) var parents: [String: String] = [:]
    /// All nodes, parents before what follows them, the branches of a fork in the order of its children.
    private(set) var inOrder: [String] = []

    init(_ mapping: JSONObject) {
        nodes = Dictionary(mapping.members.map { ($0.key, $0.value) }) { _, last in last }
        let keys = mapping.members.map(\.key)
        var children: [String: [String]] = [:]
        for key in keys {
            if let parent = nodes[key]?["parent"]?.stringValue, nodes[parent] != nil, parent != key { children[parent, default: []].append(key) }
        }
        var seen: Set<String> = []
        func walk(from root: String) {
            var stack: [(String, String?)] = [(root, nil)]
            while let (key, parent) = stack.popLast() {
                guard seen.insert(key).inserted else { continue }
                inOrder.append(key)
                parents[key] = parent
                for child in ordered(children[key] ?? [], as: nodes[key]?["children"]).reversed() { stack.append((child, key)) }
            }
        }
        for key in keys where nodes[key]?["parent"]?.stringValue.flatMap({ nodes[$0] }) == nil { walk(from: key) }
        // What is left are rings.
        for key in keys where !seen.contains(key) { walk(from: key) }
    }

    func message(of node: String) -> JSONValue? {
        guard let message = nodes[node]?["message"], message.objectValue != nil else { return nil }
        return message
    }

    private func ordered(_ children: [String], as list: JSONValue?) -> [String] {
        guard children.count > 1, let names = list?.arrayValue?.compactMap(\.stringValue) else { return children }
        let places = Dictionary(zip(names, names.indices)) { first, _ in first }
        return children.sorted { places[$0] ?? .max < places[$1] ?? .max }
    }
}
