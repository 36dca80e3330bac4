import ArgumentParser
import Glibc
import LAIChat
import LAIProviders
import LAISettings

/// `lai route`
struct Route: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show which model a question would go to, and why; none is asked.",
        discussion: """
            The question is read as `lai ask` reads it: the words, then standard input. Whether the providers answer is \
            looked up, unless --no-probe; one that is elsewhere never is with --local-only.
            """)

    @Argument(help: "The question.")
    var words: [String] = []

    @Option(name: [.short, .long], help: "The model, as provider/model, an alias, or auto; without it, what `lai ask` would take.")
    var model: String?

    @Option(name: [.short, .long], help: "A picture that would go along. Repeatable.")
    var image: [String] = []

    @Option(name: [.short, .long], help: "A file that would go along. Repeatable.")
    var file: [String] = []

    @Flag(inversion: .prefixedNo, help: "Nothing may leave this machine; the default is the configuration's.")
    var localOnly: Bool?

    @Flag(inversion: .prefixedNo, help: "Look whether the providers answer.")
    var probe = true

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() async throws {
        let session = try Session()
        let question = try Question(words: words, images: image, files: file)
        let constraints = RouteConstraints(isLocalOnly: localOnly ?? session.settings.routing.localOnly ?? false)
        let name = try ModelChoice.complete(model ?? session.settings.defaultModel ?? HybridRouter.auto, in: session)
        let router = try ModelChoice.router(in: session, for: name, constraints)
        let request = ChatRequest(model: name, messages: [Message(role: .user, parts: question.parts)])
        // Nothing is kept here, not even an empty store.
        if access(Store.path(session), F_OK) == 0 { try await router.learn(from: try Store.open(session)) }
        let plan =
            probe
            ? try await Spinner.during("looking who answers") { try await router.probedPlan(for: request, named: name, under: constraints) }
            : try router.plan(for: request, named: name, under: constraints)
        Terminal.out(json ? Route.object(plan).text + "\n" : Terminal.clean(Route.text(plan)))
    }

    private static func text(_ plan: RoutePlan) -> String {
        var lines = ["\(plan.named): a question of the kind \(plan.needs.kind.rawValue) (\(plan.needs.kindReason)), about \(Count.of(plan.needs.promptTokens, "token"))"]
        if plan.constraints.isLocalOnly { lines.append("nothing may leave this machine") }
        if let rule = plan.rule { lines.append("the rule “\(rule)” fits") }
        lines.append(plan.isRace ? "asked, the first two at once:" : plan.choices.count == 1 ? "asked:" : "asked, each when the one before it fails:")
        let rows = plan.choices.enumerated().map { index, choice in
            ["  \(index + 1)", choice.name, choice.isOnThisMachine ? "this machine" : "elsewhere", facts(choice)]
        }
        lines.append(Table.text(rows).trimmingNewline)
        if !plan.passedOver.isEmpty { lines.append("passed over:") }
        for model in plan.passedOver { lines.append("  \(model.name): \(model.reason)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func facts(_ choice: RoutePlan.Choice) -> String {
        var facts = choice.reasons
        if let cost = choice.cost, cost > 0 { facts.append("about $\(Double((cost * 10_000).rounded()) / 10_000)") }
        if let first = choice.firstToken { facts.append("first token after \(Duration.short(first)) of late") }
        if let ailment = choice.ailment { facts.append("not well: \(ailment)") }
        return facts.joined(separator: "; ")
    }

    private static func object(_ plan: RoutePlan) -> JSONValue {
        [
            "named": .string(plan.named), "kind": .string(plan.needs.kind.rawValue), "kind_reason": .string(plan.needs.kindReason),
            "prompt_tokens": .int(plan.needs.promptTokens), "images": .bool(plan.needs.hasImages), "tools": .bool(plan.needs.hasTools),
            "local_only": .bool(plan.constraints.isLocalOnly), "rule": .optional(plan.rule), "race": .bool(plan.isRace),
            "choices": .array(plan.choices.map { choice in
                [
                    "model": .string(choice.name), "on_this_machine": .bool(choice.isOnThisMachine),
                    "reasons": .array(choice.reasons.map { .string($0) }), "cost": choice.cost.map { .double($0) } ?? .null,
                    "first_token_ms": .milliseconds(choice.firstToken), "ailment": .optional(choice.ailment),
                ]
            }),
            "passed_over": .array(plan.passedOver.map { ["model": .string($0.name), "reason": .string($0.reason)] }),
        ]
    }
}

extension String {
    fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
