import LAICore

/// What Anthropic's models of a name can do, where the wire depends on it. A name of Anthropic's without a version is
/// taken for a model of the latest generation; any other name, as compatible servers have them, for one that takes
/// everything in the old form.
struct AnthropicModel {
    /// How a model thinks when it is told to.
    enum Thinking {
        /// It cannot.
        case none
        /// Within a budget of tokens: before 4.6.
        case budget
        /// As it sees fit, led by an effort, or still within a budget: 4.6.
        case adaptiveOrBudget
        /// As it sees fit alone: since 4.7.
        case adaptive
    }

    /// How a model is told not to think.
    enum Off {
        /// It does not unless it is told to: up to 4.8.
        case silence
        /// `{"type":"disabled"}`: 5.0, and Haiku up to 5.5.
        case disabled
        /// `{"type":"between_tools"}`, the least that Sonnet 5.5 does.
        case betweenTools
        /// It always thinks: Fable, Mythos, and most others since 5.5.
        case impossible
    }

    private static let latest = ModelName.Version(major: 5, minor: 5)

    let isKnown: Bool
    private let name: ModelName
    private let version: ModelName.Version

    init(_ model: String) {
        name = ModelName(model)
        isKnown = name.contains("claude")
        version = name.version ?? AnthropicModel.latest
    }

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        isKnown && version >= ModelName.Version(major: major, minor: minor)
    }

    var thinking: Thinking {
        if isAtLeast(4, 7) {
            .adaptive
        } else if isAtLeast(4, 6) {
            .adaptiveOrBudget
        } else if !isKnown || isAtLeast(3, 7) {
            .budget
        } else {
            .none
        }
    }

    var off: Off {
        if !isAtLeast(5, 0) { return .silence }
        if name.contains("fable") || name.contains("mythos") { return .impossible }
        if !isAtLeast(5, 1) { return .disabled }
        if version == AnthropicModel.latest, name.contains("haiku") { return .disabled }
        if version == AnthropicModel.latest, name.contains("sonnet") { return .betweenTools }
        return .impossible
    }

    var efforts: [Reasoning.Effort] {
        isAtLeast(4, 7) ? [.low, .medium, .high, .xhigh, .max] : [.low, .medium, .high, .max]
    }

    /// Temperature and top-p are errors since 4.7.
    var takesSampling: Bool { !isAtLeast(4, 7) }
    /// Since 4.1 either of them may be given, not both.
    var takesBothSamplings: Bool { !isAtLeast(4, 1) }
    /// Since 5.1 a call cannot be forced, but on the small model.
    var takesForcedTools: Bool { !isAtLeast(5, 1) || name.contains("haiku") }
    /// A last turn of the assistant is continued by models before 4.6 only.
    var takesPrefill: Bool { !isAtLeast(4, 6) }
    /// Known since 4.1.
    var takesSchemas: Bool { !isKnown || isAtLeast(4, 1) }

    /// The limit when the request has none. Anthropic demands one, and refuses one that is over the model's own.
    var defaultMaxTokens: Int {
        if isAtLeast(3, 7) { 32_000 } else if !isKnown || isAtLeast(3, 5) { 8192 } else { 4096 }
    }
}
