extension SchemaCheck {
    static func wrongValue(_ node: TOMLNode, _ kind: ValueKind, at path: [String]) -> String {
        let found = kind.isConfidential ? node.typeWording : kind.fault(in: node)
        var sentence = "\(DottedKey(path)) must be \(kind.requirement), not \(found)"
        if case .choice(let choices) = kind,
            let near = node.text.flatMap({ Suggestion.nearest(to: $0, among: choices) })
        {
            sentence += "; did you mean \(quoted(near))?"
        } else {
            sentence += "."
        }
        return sentence
    }

    /// What is wrong with a key that has no place in the schema; nil when it has one.
    static func misplaced(_ path: [String]) -> String? {
        for count in 1...max(1, path.count) where Schema.root[path.prefix(count)] == nil {
            let prefix = Array(path.prefix(count))
            switch Schema.root[prefix.dropLast()] {
            case .map(let rule, _): return "\(DottedKey(prefix)) cannot be used: \(rule.requirement)."
            case .value: return "\(DottedKey(prefix.dropLast())) is a single value and has no keys below it."
            default: return unknownKey(prefix)
            }
        }
        return nil
    }

    /// The sentence for a key that the schema does not have.
    ///
    /// - Parameter value: what the file has there, to recognise a table of the wrong name.
    static func unknownKey(_ path: [String], holding value: TOMLNode? = nil) -> String {
        guard let key = path.last else { return "A key is missing." }
        let table = Array(path.dropLast())
        if ["api_key", "apikey", "api-key"].contains(key.lowercased()) {
            return
                "\(DottedKey(path)) is not allowed: a configuration file tends to be shared, so a key has no place in it; "
                + "name an environment variable with api_key_env, or a file with api_key_file."
        }
        let allowed = Schema.root[table]?.keys ?? []
        let place = table.isEmpty ? "" : " in [\(DottedKey(table))]"
        var sentence = "unknown key \(DottedKey([key]))\(place)"
        if let near = Suggestion.nearest(to: key, among: allowed) {
            sentence += "; did you mean \(near)?"
        } else if let members = value?.members, !members.isEmpty, members.keys.allSatisfy(Schema.provider.keys.contains)
        {
            sentence += "; did you mean [\(DottedKey(["providers", key]))]?"
        } else if let other = Schema.root.tables(with: key).first {
            sentence +=
                other.isEmpty
                ? "; it belongs before the first table." : "; it belongs in [\(other.joined(separator: "."))]."
        } else {
            sentence += "."
        }
        return allowed.isEmpty ? sentence : sentence + " Allowed here: " + allowed.joined(separator: ", ") + "."
    }
}
