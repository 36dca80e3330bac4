import LAIChat
import LAIProviders
import LAIStorage

/// The figures of a store, for a person or a program.
enum StatsPage {
    /// - Parameter width: how many characters fit into a line.
    static func text(_ statistics: Statistics, width: Int = Terminal.isOutputTerminal ? Terminal.width : .max) -> String {
        var text = Count.of(statistics.conversations, "conversation")
        var beside: [String] = []
        if statistics.archived > 0 { beside.append("\(Count.number(statistics.archived)) of them archived") }
        if statistics.deleted > 0 { beside.append("\(Count.number(statistics.deleted)) more deleted") }
        if !beside.isEmpty { text += " (\(beside.joined(separator: ", ")))" }
        text += ", \(Count.of(statistics.messages, "message")): \(Count.of(statistics.questions, "question")), \(Count.of(statistics.answers.count, "answer"))\n"
        text += "The store takes \(size(statistics.bytes))"
        text += statistics.runningStreams > 0 ? "; answers being received: \(statistics.runningStreams)\n" : "\n"
        if statistics.models.isEmpty { return text }
        let models = statistics.models.map { row(name($0), $0.answers) }
        text += "\n" + Table.text(heads("MODEL"), models + (models.count > 1 ? [row("all", statistics.answers)] : []), width: width)
        if !statistics.periods.isEmpty {
            text += "\n" + Table.text(heads("TIME"), statistics.periods.map { row($0.name, $0.answers) }, width: width)
        }
        if statistics.answers.estimatedTokens > 0 { text += "\n~ a part of these tokens is estimated\n" }
        return text
    }

    private static func name(_ model: Statistics.Model) -> String {
        guard let provider = model.provider else { return model.model ?? "unknown" }
        return "\(provider)/\(model.model ?? "unknown")"
    }

    private static func heads(_ first: String) -> [String] { [first, "ANSWERS", "NOT WHOLE", "TOKENS IN", "OUT", "COST", "FIRST TOKEN", "TOKENS/S"] }

    private static func row(_ name: String, _ answers: Statistics.Answers) -> [String] {
        let mark = answers.estimatedTokens > 0 ? "~" : ""
        let broken = answers.failed + answers.interrupted + answers.stopped
        return [
            name, Count.number(answers.count), broken > 0 ? Count.number(broken) : "",
            answers.inputTokens > 0 ? mark + Count.number(answers.inputTokens) : "",
            answers.outputTokens > 0 ? mark + Count.number(answers.outputTokens) : "", answers.cost.map(dollars) ?? "",
            answers.medianFirstToken.map(Duration.short) ?? "", answers.medianTokensPerSecond.map { "\(Int($0.rounded()))" } ?? "",
        ]
    }

    private static func dollars(_ cost: Double) -> String {
        let thousandths = Int((cost * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "$\(Count.number(thousandths / 1000)).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    static func size(_ bytes: Int) -> String {
        bytes < 10 << 20 ? "\((bytes + 1023) >> 10) KiB" : bytes < 10 << 30 ? "\(bytes >> 20) MiB" : "\(bytes >> 30) GiB"
    }
}
