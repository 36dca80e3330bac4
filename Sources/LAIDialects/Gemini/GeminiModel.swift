import LAICore

/// What Gemini's models of a name can do, where the wire depends on it. A name without a version (`gemini-pro-latest`)
/// is taken for a model of the latest generation.
struct GeminiModel {
    enum Thinking {
        /// Not at all: before 2.5, and models that are no Gemini.
        case none
        /// Within a budget of tokens: 2.5.
        case budget
        /// In levels: since 3.
        case level
    }

    private let name: ModelName

    init(_ model: String) { name = ModelName(model) }

    private var isPro: Bool { name.contains("pro") }

    var thinking: Thinking {
        if !name.contains("gemini") { return .none }
        guard name.version != nil, !name.isAtLeast(3, 0) else { return .level }
        return name.isAtLeast(2, 5) ? .budget : .none
    }

    /// The first Pro of the third generation has two levels, the Flash models up to 3.7 four, all others three.
    var levels: [Reasoning.Effort] {
        if isPro {
            return name.version == ModelName.Version(major: 3, minor: 0) ? [.low, .high] : [.low, .medium, .high]
        }
        let isEarly = name.version != nil && !name.isAtLeast(3, 8)
        return isEarly ? [.minimal, .low, .medium, .high] : [.low, .medium, .high]
    }

    /// The least budget: the Pro model cannot be kept from thinking.
    var leastBudget: Int { isPro ? 128 : 0 }

    func budget(for effort: Reasoning.Effort) -> Int {
        switch effort {
        case .minimal, .low: 1024
        case .medium: 8192
        case .high: 24_576
        case .xhigh, .max: isPro ? 32_768 : 24_576
        }
    }

    /// Whether the first function call of a turn must carry a thought signature.
    var wantsSignatures: Bool { thinking == .level }
}
