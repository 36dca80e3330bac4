internal import LAICore

extension Settings {
    /// The name that leaves the choice of the model to the router.
    public static let auto = "auto"

    /// The model of that name: an alias, or `provider/model`.
    ///
    /// - Throws: ``LAICore/LAIError`` with the code `configuration` when the name is neither.
    public func model(named name: String) throws -> ModelReference {
        if let reference = ModelReference(aliases[name] ?? name) { return reference }
        throw LAIError(.configuration, Self.unknownModel(name, aliases: aliases.keys.sorted()))
    }

    /// The sentence for a name that is no alias and no `provider/model`.
    static func unknownModel(_ name: String, aliases: [String]) -> String {
        var text = "\(quoted(name)) names no model: write provider/model (\"anthropic/claude-sonnet-4-5\")"
        if let near = Suggestion.nearest(to: name, among: aliases) { return text + "; did you mean the alias \(near)?" }
        text +=
            aliases.isEmpty
            ? ", or define an alias in [aliases]." : ", or an alias (\(aliases.prefix(12).joined(separator: ", ")))."
        return text
    }
}
