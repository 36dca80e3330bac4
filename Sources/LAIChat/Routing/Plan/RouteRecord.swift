internal import LAICore

/// What became of a plan: who was asked, who failed, who answered.
struct RouteRecord: Sendable {
    enum Step: Sendable {
        case passedOver(RoutePlan.PassedOver)
        case failed(String, LAIError)
        case outrun(String)
        case brokeOff(String, LAIError)
        case wentOn(String)
    }

    let named: String
    var rule: String?
    var kindReason: String?
    var steps: [Step] = []
    var answered: RoutePlan.Choice?

    /// One line: `auto → ollama/qwen3 (the rule “code”: it has a code block); anthropic/… failed: …`.
    var text: String {
        var text = named
        if let answered {
            if answered.name != named { text += " → \(answered.name)" }
            let reasons = ([rule.map { "the rule “\($0)”" + (kindReason.map { ": \($0)" } ?? "") }] + answered.reasons).compactMap(\.self)
            if !reasons.isEmpty { text += " (\(reasons.joined(separator: "; ")))" }
        }
        for step in steps { text += "; " + RouteRecord.text(step) }
        return text
    }

    private static func text(_ step: Step) -> String {
        switch step {
        case .passedOver(let model): "\(model.name) passed over: \(model.reason)"
        case .failed(let name, let error): "\(name) failed (\(error.code)): \(plain(error.message))"
        case .outrun(let name): "\(name) was asked too, and slower"
        case .brokeOff(let name, let error): "\(name) broke off (\(error.code)): \(plain(error.message))"
        case .wentOn(let name): "\(name) went on"
        }
    }

    /// A sentence as a part of another one.
    static func plain(_ sentence: String) -> String { sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence }

    /// The failures so far.
    var failures: [(name: String, error: LAIError)] {
        steps.compactMap { if case .failed(let name, let error) = $0 { (name, error) } else { nil } }
    }
}
