import LAICore

extension Reasoning {
    /// A budget of no token is the same as none.
    var isOff: Bool { self == .off || self == .budget(0) }
}

extension Reasoning.Effort {
    private var rank: Int { Reasoning.Effort.allCases.firstIndex(of: self) ?? 0 }

    /// The level among `levels` that comes nearest; the higher one of two.
    func nearest(in levels: [Reasoning.Effort]) -> Reasoning.Effort? {
        levels.min { (abs($0.rank - rank), -$0.rank) < (abs($1.rank - rank), -$1.rank) }
    }

    /// The level that usually spends about so many tokens, for models that take levels only.
    init(budget: Int) {
        switch budget {
        case ...1024: self = .minimal
        case ...4096: self = .low
        case ...16384: self = .medium
        default: self = .high
        }
    }
}

extension RequestDraft {
    /// The level to send, of those that the model has; a warning where it is not the one that was asked for.
    mutating func level(
        _ reasoning: Reasoning, of model: String, among levels: [Reasoning.Effort]
    ) -> Reasoning.Effort? {
        switch reasoning {
        case .off: return nil
        case .effort(let effort):
            guard let level = effort.nearest(in: levels) else { return nil }
            if level != effort {
                ignore("\(model) has no reasoning effort `\(effort.rawValue)`; `\(level.rawValue)` is used.")
            }
            return level
        case .budget(let tokens):
            guard let level = Reasoning.Effort(budget: tokens).nearest(in: levels) else { return nil }
            ignore("\(model) takes no reasoning budget in tokens; the effort `\(level.rawValue)` is used.")
            return level
        }
    }
}
