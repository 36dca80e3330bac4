import LAIProviders
import LAIStorage

/// The figures of a store, for a person or a program.
enum StatsPage {
    static func text(_ statistics: Statistics) -> String {
        func number(_ count: Int) -> String { ImportSummary.number(count) }
        var text = "\(number(statistics.conversations)) conversations"
        var beside: [String] = []
        if statistics.archived > 0 { beside.append("\(number(statistics.archived)) of them archived") }
        if statistics.deleted > 0 { beside.append("\(number(statistics.deleted)) more deleted") }
        if !beside.isEmpty { text += " (\(beside.joined(separator: ", ")))" }
        text += ", \(number(statistics.messages)) messages: \(number(statistics.questions)) questions, \(number(statistics.answers.count)) answers\n"
        text += "The store takes \(size(statistics.bytes))"
        text += statistics.runningStreams > 0 ? "; answers being received: \(statistics.runningStreams)\n" : "\n"
        if statistics.models.isEmpty { return text }
        let models = statistics.models.map { row(name($0), $0.answers) }
        text += "\n" + Table.text([head("MODEL")] + models + (models.count > 1 ? [row("all", statistics.answers)] : []))
        if !statistics.periods.isEmpty {
            text += "\n" + Table.text([head("TIME")] + statistics.periods.map { row($0.name, $0.answers) })
        }
        if statistics.answers.estimatedTokens > 0 { text += "\n~ a part of these tokens is estimated\n" }
        return text
    }

    private static func name(_ model: Statistics.Model) -> String {
        guard let provider = model.provider else { return model.model ?? "unknown" }
        return "\(provider)/\(model.model ?? "unknown")"
    }

    private static func head(_ first: String) -> [String] { [first, "ANSWERS", "NOT WHOLE", "TOKENS IN", "OUT", "COST", "FIRST TOKEN", "TOKENS/S"] }

    private static func row(_ name: String, _ answers: Statistics.Answers) -> [String] {
        let mark = answers.estimatedTokens > 0 ? "~" : ""
        let broken = answers.failed + answers.interrupted + answers.stopped
        return [
            name, ImportSummary.number(answers.count), broken > 0 ? ImportSummary.number(broken) : "",
            answers.inputTokens > 0 ? mark + ImportSummary.number(answers.inputTokens) : "",
            answers.outputTokens > 0 ? mark + ImportSummary.number(answers.outputTokens) : "", answers.cost.map(dollars) ?? "",
            answers.medianFirstToken.map(Duration.short) ?? "", answers.medianTokensPerSecond.map { "\(Int($0.rounded()))" } ?? "",
        ]
    }

    private static func dollars(_ cost: Double) -> String {
        let thousandths = Int((cost * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "$\(ImportSummary.number(thousandths / 1000)).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    static func size(_ bytes: Int) -> String {
        bytes < 10 << 20 ? "\((bytes + 1023) >> 10) KiB" : bytes < 10 << 30 ? "\(bytes >> 20) MiB" : "\(bytes >> 30) GiB"
    }

    static func json(_ statistics: Statistics) -> JSONValue {
        [
            "conversations": .int(statistics.conversations), "archived": .int(statistics.archived), "deleted": .int(statistics.deleted),
            "messages": .int(statistics.messages), "questions": .int(statistics.questions), "answers": json(statistics.answers),
            "models": .array(statistics.models.map { ["provider": .optional($0.provider), "model": .optional($0.model), "answers": json($0.answers)] }),
            "periods": .array(statistics.periods.map { ["period": .string($0.name), "questions": .int($0.questions), "answers": json($0.answers)] }),
            "running": .int(statistics.runningStreams), "bytes": .int(statistics.bytes),
        ]
    }

    private static func json(_ answers: Statistics.Answers) -> JSONValue {
        [
            "count": .int(answers.count), "failed": .int(answers.failed), "interrupted": .int(answers.interrupted),
            "stopped": .int(answers.stopped), "input_tokens": .int(answers.inputTokens), "output_tokens": .int(answers.outputTokens),
            "estimated_tokens": .int(answers.estimatedTokens), "cost": .optional(answers.cost), "priced": .int(answers.priced),
            "median_first_token_ms": .milliseconds(answers.medianFirstToken),
            "median_tokens_per_second": .optional(answers.medianTokensPerSecond.map { ($0 * 10).rounded() / 10 }),
        ]
    }
}
