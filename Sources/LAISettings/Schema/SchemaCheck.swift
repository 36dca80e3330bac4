/// Compares a file with the schema.
struct SchemaCheck {
    private let document: TOMLDocument
    private var problems: [SchemaProblem] = []

    /// All mistakes in the order of the text.
    static func problems(of document: TOMLDocument) -> [SchemaProblem] {
        var check = SchemaCheck(document: document)
        check.visit(document.root, Schema.root, at: [])
        check.visitDefaultModel()
        check.visitRouting()
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
        guard name != Settings.auto else { return }
        visitAlias(name, at: ["default_model"])
    }

    /// The names of models in the routing table, and rules that name none.
    private mutating func visitRouting() {
        let routing = document.root["routing"]
        for (name, rule) in routing?["rules"]?.members ?? [:] {
            let place = ["routing", "rules", name]
            guard let members = rule.members else { continue }
            guard let use = members["use"] else {
                report(place, "\(DottedKey(place)) says no models: add use, as in use = [\"anthropic/claude-sonnet-4-5\"].")
                continue
            }
            for name in use.listedTexts { visitAlias(name, at: place + ["use"]) }
        }
        for (name, models) in routing?["fallback"]?.members ?? [:] {
            let place = ["routing", "fallback", name]
            visitAlias(name, at: place, isKey: true)
            for name in models.listedTexts { visitAlias(name, at: place) }
        }
    }

    /// A name without a slash must be an alias.
    private mutating func visitAlias(_ name: String, at path: [String], isKey: Bool = false) {
        let aliases = document.root["aliases"]?.members ?? [:]
        guard NameRule.alias.allows(name), aliases[name] == nil else { return }
        report(path, atValue: !isKey, "\(DottedKey(path)): " + Settings.unknownModel(name, aliases: aliases.keys.sorted()))
    }

    private mutating func report(_ path: [String], atValue: Bool = false, _ sentence: String) {
        let offset = atValue ? document.outline.valueOffset(of: path) : document.outline.keyOffset(of: path)
        problems.append(SchemaProblem(path: path, offset: offset, sentence: sentence))
    }
}
