internal import LAICore

/// Counts messages, one after another, in any order.
struct StatisticsBuilder {
    private struct Key: Hashable {
        var provider: String?
        var model: String?
    }

    private struct Sum {
        var answers = Statistics.Answers()
        var questions = 0
        var firstTokens: [Float] = []
        var rates: [Float] = []

        mutating func add(_ status: StoredMessage.Status, _ figures: AnswerFigures?) {
            answers.count += 1
            switch status {
            case .failed: answers.failed += 1
            case .interrupted: answers.interrupted += 1
            case .stopped: answers.stopped += 1
            case .pending, .streaming, .sent: break
            }
            guard let figures else { return }
            answers.inputTokens += figures.inputTokens
            answers.outputTokens += figures.outputTokens
            if figures.isEstimated { answers.estimatedTokens += figures.inputTokens + figures.outputTokens }
            if let cost = figures.cost {
                answers.cost = (answers.cost ?? 0) + cost
                answers.priced += 1
            }
            if let first = figures.firstTokenMilliseconds { firstTokens.append(Float(first)) }
            if let rate = figures.tokensPerSecond { rates.append(Float(rate)) }
        }

        func finished() -> Statistics.Answers {
            var answers = answers
            answers.medianFirstToken = Sum.median(firstTokens).map { .milliseconds(Double($0)) }
            answers.medianTokensPerSecond = Sum.median(rates).map { Double($0) }
            return answers
        }

        private static func median(_ values: [Float]) -> Float? { values.isEmpty ? nil : values.sorted()[values.count / 2] }
    }

    private let filter: StatisticsFilter
    private var total = Sum()
    private var messages = 0
    private var models: [Key: Sum] = [:]
    private var periods: [String: Sum] = [:]
    /// The names of quarters of an hour: the offsets of time zones, and their changes, are whole numbers of them.
    private var names: [Int: String] = [:]

    init(_ filter: StatisticsFilter) { self.filter = filter }

    func wants(_ time: Timestamp) -> Bool { filter.since.map { $0 <= time } ?? true }

    mutating func add(_ role: Message.Role, _ status: StoredMessage.Status, _ time: Timestamp, _ figures: AnswerFigures?) {
        messages += 1
        let name = filter.period.map { self.name(of: time, $0) }
        switch role {
        case .user:
            total.questions += 1
            if let name { periods[name, default: Sum()].questions += 1 }
        case .assistant:
            total.add(status, figures)
            models[Key(provider: figures?.provider, model: figures?.model), default: Sum()].add(status, figures)
            if let name { periods[name, default: Sum()].add(status, figures) }
        case .system: break
        }
    }

    func statistics(conversations: Int, archived: Int, deleted: Int, running: Int, bytes: Int) -> Statistics {
        var statistics = Statistics()
        statistics.conversations = conversations
        statistics.archived = archived
        statistics.deleted = deleted
        statistics.messages = messages
        statistics.questions = total.questions
        statistics.answers = total.finished()
        statistics.models = models.map { Statistics.Model(provider: $0.provider, model: $0.model, answers: $1.finished()) }
            .sorted { a, b in
                (b.answers.count, a.provider ?? "", a.model ?? "") < (a.answers.count, b.provider ?? "", b.model ?? "")
            }
        statistics.periods = periods.sorted { $0.key < $1.key }
            .map { Statistics.Period(name: $0, questions: $1.questions, answers: $1.finished()) }
        statistics.runningStreams = running
        statistics.bytes = bytes
        return statistics
    }

    private mutating func name(of time: Timestamp, _ period: StatisticsFilter.Period) -> String {
        let quarter = time.milliseconds / 900_000
        if let name = names[quarter] { return name }
        let name = time.formatted(period == .day ? "%Y-%m-%d" : "%Y-%m")
        names[quarter] = name
        return name
    }
}
