/// What a setting's value may be.
enum ValueKind: Sendable, Equatable {
    /// A string of one line that is not empty and has no space at its ends.
    case text
    /// A model, `provider/model`.
    case model
    /// A model or the name of an alias. Which aliases there are is checked with the whole file.
    case modelOrAlias
    /// Models or names of aliases, one or several. Which aliases there are is checked with the whole file.
    case models
    /// One of these strings.
    case choice([String])
    /// One or several of these strings.
    case choices([String])
    /// An `http` or `https` URL with a host.
    case url
    /// The name of an environment variable.
    case environmentName
    /// The path of a file: absolute, below the home directory (`~/`), or relative to the configuration file.
    case path
    /// The value of a header field; it may be empty.
    case headerValue
    case integer(ClosedRange<Int>)
    /// Seconds, more than zero.
    case seconds
    /// Seconds, or zero.
    case secondsOrZero
    /// Minutes, or zero.
    case minutes
    /// US dollars.
    case price
    case boolean
    /// Strings.
    case list

    /// A year. Larger numbers are mistakes, and would leave the range of a duration at last.
    private static let longest = 31_536_000.0

    func allows(_ node: TOMLNode) -> Bool {
        switch self {
        case .text: node.text.map(Self.isText) ?? false
        case .model: node.text.flatMap { ModelReference($0) } != nil
        case .modelOrAlias: node.text.map { ModelReference($0) != nil || NameRule.alias.allows($0) } ?? false
        case .models: Self.allows(node) { Self.modelOrAlias.allows(.text($0)) }
        case .choice(let choices): node.text.map(choices.contains) ?? false
        case .choices(let choices): Self.allows(node, choices.contains)
        case .url: node.text.map(Self.isURL) ?? false
        case .environmentName: node.text.map(Self.isEnvironmentName) ?? false
        case .path: node.text.map { Self.isText($0) && (!$0.hasPrefix("~") || $0.hasPrefix("~/")) } ?? false
        case .headerValue: node.text.map { $0.isEmpty || Self.isText($0) } ?? false
        case .integer(let range): node.integer.map(range.contains) ?? false
        case .seconds: node.number.map { $0 > 0 && $0 <= Self.longest } ?? false
        case .secondsOrZero: node.number.map { $0 >= 0 && $0 <= Self.longest } ?? false
        case .minutes: node.number.map { $0 >= 0 && $0 <= Self.longest / 60 } ?? false
        case .price: node.number.map { $0 >= 0 && $0 <= 1_000_000 } ?? false
        case .boolean: if case .boolean = node { true } else { false }
        case .list: if case .list(let elements) = node { elements.allSatisfy { $0.text != nil } } else { false }
        }
    }

    /// Whether it is a string, or a list of at least one, that the rule allows.
    private static func allows(_ node: TOMLNode, _ rule: (String) -> Bool) -> Bool {
        switch node {
        case .text(let text): rule(text)
        case .list(let elements): !elements.isEmpty && elements.allSatisfy { $0.text.map(rule) ?? false }
        default: false
        }
    }

    /// What is allowed, to follow "must be".
    var requirement: String {
        switch self {
        case .text: "a string of one line, not empty and with no space at its ends"
        case .model: "a model as provider/model (\"groq/llama-3.1-8b-instant\")"
        case .modelOrAlias: "a model as provider/model (\"anthropic/claude-sonnet-4-5\"), or an alias"
        case .models: "a model as provider/model, an alias, or a list of them ([\"openai/gpt-5\", \"ollama/qwen3\"])"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        case .choices(let choices): "one of " + choices.joined(separator: ", ") + ", or a list of them"
        case .url: "a URL that starts with http:// or https:// (\"http://127.0.0.1:8080/v1\")"
        case .environmentName: "the name of an environment variable (\"GROQ_API_KEY\"), never the key itself"
        case .path: "the path of a file; ~/ is the home directory"
        case .headerValue: "a string of one line, with no space at its ends"
        case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
        case .seconds: "a number of seconds above 0, and at most \(Int(Self.longest))"
        case .secondsOrZero: "a number of seconds from 0 to \(Int(Self.longest))"
        case .minutes: "a number of minutes from 0 to \(Int(Self.longest / 60))"
        case .price: "US dollars for a million tokens, as a number from 0 on"
        case .boolean: "true or false"
        case .list: "a list of strings"
        }
    }

    /// What is there in place of what is allowed: of a list that may be one, the element that may not be in it.
    func fault(in node: TOMLNode) -> String {
        guard case .list(let elements) = node else { return node.wording }
        let element: ValueKind
        switch self {
        case .models: element = .modelOrAlias
        case .choices(let choices): element = .choice(choices)
        case .list: element = .text
        default: return node.wording
        }
        if elements.isEmpty { return "an empty list" }
        return elements.first { !element.allows($0) }.map { "a list with \($0.wording)" } ?? node.wording
    }

    /// Whether a wrong value may be a secret, which a message must not repeat.
    var isConfidential: Bool { self == .environmentName || self == .headerValue || self == .path || self == .url }
}
