/// What a name may look like where the person chooses it.
enum NameRule: Sendable {
    /// A provider's id. It stands before the slash of `provider/model`, so it can hold none.
    case provider
    /// A short name for a model. With a slash in it, it would read as `provider/model`.
    case alias
    /// A name for a routing rule, for people to recognise it by.
    case rule
    /// `provider/model`.
    case model
    /// `provider/model`, or an alias. Which aliases there are is checked with the whole file.
    case modelOrAlias
    /// The name of a header field: a token of HTTP (RFC 9110, section 5.6.2).
    case header

    func allows(_ name: String) -> Bool {
        switch self {
        case .provider:
            !name.isEmpty && name.utf8.allSatisfy { TOMLScanner.isBare($0) || $0 == UInt8(ascii: ".") }
        case .alias: ValueKind.text.allows(.text(name)) && !name.contains("/")
        case .rule: ValueKind.text.allows(.text(name))
        case .model: ModelReference(name) != nil
        case .modelOrAlias: ValueKind.modelOrAlias.allows(.text(name))
        case .header:
            !name.isEmpty && name.utf8.allSatisfy { TOMLScanner.isBare($0) || "!#$%&'*+.^`|~".utf8.contains($0) }
        }
    }

    /// What is allowed, as the end of a sentence.
    var requirement: String {
        switch self {
        case .provider: "a provider's name has letters, digits, dots, dashes and underscores only"
        case .alias: "an alias has no slash, no control characters and no space at its ends"
        case .rule: "a rule's name has no control characters and no space at its ends"
        case .model: "a model reads provider/model (\"groq/llama-3.1-8b-instant\"), in quotes"
        case .modelOrAlias: "it must be a model as provider/model, in quotes, or an alias"
        case .header: "the name of a header has letters, digits and dashes, and no spaces"
        }
    }

    var placeholder: String {
        switch self {
        case .provider, .alias, .rule: "NAME"
        case .model, .modelOrAlias: "MODEL"
        case .header: "FIELD"
        }
    }
}
