/// Compares a file with the schema.
struct SchemaCheck {
    private let document: TOMLDocument
    private var problems: [SchemaProblem] = []

    /// All mistakes in the order of the text.
    static func problems(of document: TOMLDocument) -> [SchemaProblem] {
        var check = SchemaCheck(document: document)
        check.visit(document.root, Schema.root, at: [])
        check.visitDefaultModel()
        return check.problems.sorted { ($0.offset, $0.sentence) < ($1.offset, $1.sentence) }
    }

    private init(document: TOMLDocument) { self.document = document }

    private mutating func visit(_ node: TOMLNode, _ schema: SchemaNode, at path: [String]) {
        if case .value(let kind) = schema {
            if !kind.allows(node) { report(path, atValue: true, Self.wrongValue(node, kind, at: path)) }
            return
        }
        guard let members = node.members else {
            return report(path, atValue: true, "\(DottedKey(path)) must be a table, not \(node.typeWording).")
        }
        for (key, member) in members {
            let place = path + [key]
            switch schema {
            case .map(let rule, _) where !rule.allows(key):
                report(place, "\(DottedKey(place)) cannot be used: \(rule.requirement).")
            case .map(_, let child): visit(member, child, at: place)
            default:
                if let child = schema[[key]] {
                    visit(member, child, at: place)
                } else {
                    report(place, Self.unknownKey(place, holding: member))
                }
            }
        }
        if members["api_key_env"] != nil, members["api_key_file"] != nil, schema.keys.contains("api_key_env") {
            let sentence = "\(DottedKey(path)) has both api_key_env and api_key_file; keep one of them."
            let keys = ["api_key_env", "api_key_file"].map { path + [$0] }
            if let second = keys.max(by: { document.outline.keyOffset(of: $0) < document.outline.keyOffset(of: $1) }) {
                report(second, sentence)
            }
        }
    }

    private mutating func visitDefaultModel() {
        guard let name = document.root["default_model"]?.text, NameRule.alias.allows(name) else { return }
        let aliases = document.root["aliases"]?.members ?? [:]
        guard aliases[name] == nil else { return }
        report(
            ["default_model"], atValue: true,
            "default_model: " + Settings.unknownModel(name, aliases: aliases.keys.sorted()))
    }

    private mutating func report(_ path: [String], atValue: Bool = false, _ sentence: String) {
        let offset = atValue ? document.outline.valueOffset(of: path) : document.outline.keyOffset(of: path)
        problems.append(SchemaProblem(path: path, offset: offset, sentence: sentence))
    }
}
