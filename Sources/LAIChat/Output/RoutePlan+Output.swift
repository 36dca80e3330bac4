public import LAICore

extension RoutePlan {
    /// The plan for programs, as `lai route --json` and the server's `/lai/v1/route` give it.
    public var json: JSONValue {
        [
            "named": .string(named), "kind": .string(needs.kind.rawValue), "kind_reason": .string(needs.kindReason),
            "prompt_tokens": .int(needs.promptTokens), "images": .bool(needs.hasImages), "tools": .bool(needs.hasTools),
            "local_only": .bool(constraints.isLocalOnly), "rule": .optional(rule), "race": .bool(isRace),
            "choices": .array(choices.map(\.json)),
            "passed_over": .array(passedOver.map { ["model": .string($0.name), "reason": .string($0.reason)] }),
        ]
    }

    /// What the question was taken for.
    package var kindSentence: String {
        let tokens = needs.promptTokens
        return "a question of the kind \(needs.kind.rawValue) (\(needs.kindReason)), about \(tokens) token\(tokens == 1 ? "" : "s")"
    }

    /// How the choices are asked, the begin of their list.
    package var orderSentence: String {
        isRace ? "asked, the first two at once" : choices.count == 1 ? "asked" : "asked, each when the one before it fails"
    }
}

extension RoutePlan.Choice {
    fileprivate var json: JSONValue {
        [
            "model": .string(name), "on_this_machine": .bool(isOnThisMachine), "reasons": .array(reasons.map { .string($0) }),
            "cost": .optional(cost), "first_token_ms": .milliseconds(firstToken), "ailment": .optional(ailment),
        ]
    }

    /// Why it stands where it stands, and what is known of it, for people.
    package var facts: String {
        var facts = reasons
        if let cost, cost > 0 { facts.append("about $\(Double((cost * 10_000).rounded()) / 10_000)") }
        if let firstToken { facts.append("first token after \(Duration.short(firstToken)) of late") }
        if let ailment { facts.append("not well: \(ailment)") }
        return facts.joined(separator: "; ")
    }
}
