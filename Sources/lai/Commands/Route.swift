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
        var route = RouteQuestion(parts: question.parts)
        route.model = model
        route.isLocalOnly = localOnly
        // Nothing is kept here, not even an empty store.
        let database = access(Store.path(session), F_OK) == 0 ? try Store.open(session) : nil
        let plan =
            probe
            ? try await Spinner.during("looking who answers") { try await route.plan(in: session, learningFrom: database) }
            : try await route.plan(in: session, learningFrom: database, probing: false)
        Terminal.out(json ? plan.json.text + "\n" : Terminal.clean(Route.text(plan)))
    }

    private static func text(_ plan: RoutePlan) -> String {
        var lines = ["\(plan.named): \(plan.kindSentence)"]
        if plan.constraints.isLocalOnly { lines.append("nothing may leave this machine") }
        if let rule = plan.rule { lines.append("the rule “\(rule)” fits") }
        lines.append(plan.orderSentence + ":")
        let rows = plan.choices.enumerated().map { index, choice in
            ["  \(index + 1)", choice.name, choice.isOnThisMachine ? "this machine" : "elsewhere", choice.facts]
        }
        lines.append(Table.text(rows).trimmingNewline)
        if !plan.passedOver.isEmpty { lines.append("passed over:") }
        for model in plan.passedOver { lines.append("  \(model.name): \(model.reason)") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
