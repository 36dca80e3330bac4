import Glibc
import LAIChat
import LAIProviders

/// Prints an answer as it arrives: on standard output the answer and nothing else, on standard error the rest.
struct AnswerPrinter {
    var format: OutputFormat
    var showsReasoning = false
    var showsUsage = false
    var label: String
    var provider: String?
    var model: String?

    /// Reads a stream to its end and prints it.
    /// - Returns: how the process is to end.
    func print(_ batches: some AsyncSequence<[StreamEvent], Never>) async -> ExitStatus {
        let (object, label) = await receive(batches)
        switch format {
        case .text: explain(object)
        case .json, .ndjson: Terminal.out(object.line(format) + "\n")
        }
        if showsUsage { Terminal.remark(usageLine(object, label)) }
        return ExitStatus(for: object.end)
    }

    /// Reads a stream to its end and prints what comes, without a word about the end.
    /// - Returns: all that is known of it, and who answered.
    func receive(_ batches: some AsyncSequence<[StreamEvent], Never>) async -> (EndObject, label: String) {
        let clock = ContinuousClock()
        let start = clock.now
        var label = label
        var object = EndObject(end: StreamEnd(.interrupted), provider: provider, model: model)
        var spinner: Spinner? = format == .text ? Spinner(label) : nil
        var page = Page(format: format, showsReasoning: showsReasoning)
        for await batch in batches {
            if object.firstToken == nil, batch.contains(where: \.isToken) { object.firstToken = clock.now - start }
            if let running = spinner, page.shows(batch) {
                await running.stop()
                spinner = nil
            }
            for event in batch {
                switch event {
                case .started(let start):
                    object.model = start.model ?? start.modelAsked ?? model
                    object.provider = start.provider ?? provider
                    if let provider = start.provider, let asked = start.modelAsked { label = "\(provider)/\(asked)" }
                case .warning(let warning):
                    object.warnings.append(warning)
                    if format == .text, warning.isUrgent {
                        await spinner?.stop()
                        // The seam is a line of its own where a person looks on.
                        if warning.code == .continued, Terminal.isOutputTerminal, Terminal.isErrorTerminal { Terminal.err("\n") }
                        Terminal.remark(warning.message)
                        if spinner != nil { spinner = Spinner(label) }
                    }
                case .end(let end): object.end = end
                default: break
                }
            }
            page.print(batch)
        }
        await spinner?.stop()
        object.total = clock.now - start
        if format == .text { page.finish() }
        return (object, label)
    }

    /// What a person should know of how it ended.
    private func explain(_ object: EndObject) {
        for warning in object.warnings where !warning.isUrgent { Terminal.remark(warning.message) }
        if let refusal = object.end.message.refusal { Terminal.complain("The model declined: \(refusal)") }
        if let error = object.end.error { return Terminal.complain(error.message) }
        switch object.end.reason {
        case .length: Terminal.complain("The answer was cut short: a limit was reached (\(object.end.rawReason ?? "length")).")
        case .contentFilter:
            let why = object.end.blockReason ?? object.end.rawReason ?? "content filter"
            Terminal.complain("The provider's filter cut the answer (\(why)).")
        case .refusal: if object.end.message.refusal == nil { Terminal.complain("The model declined to answer.") }
        case .toolCalls:
            for call in object.end.message.toolCalls { Terminal.remark("The model wants to call \(call.name)(\(call.arguments)).") }
        case .stop, .stopped, .interrupted, .failed: break
        }
    }

    private func usageLine(_ object: EndObject, _ label: String) -> String {
        let usage = object.end.usage
        var parts: [String] = []
        func count(_ number: Int?) -> String { number.map(String.init) ?? "?" }
        parts.append("\(count(usage?.inputTokens)) \(usage?.inputTokens == 1 ? "token" : "tokens") in, \(count(usage?.outputTokens)) out")
        if let reasoning = usage?.reasoningTokens, reasoning > 0 { parts[0] += " (\(reasoning) reasoning)" }
        if let cached = usage?.cachedTokens, cached > 0 { parts[0] += ", \(cached) cached" }
        if usage?.source == .estimated { parts[0] += " (estimated)" }
        if let first = object.firstToken {
            parts.append("first token after \(Duration.short(first))")
            let rest = object.total - first
            if let output = usage?.outputTokens, rest > .milliseconds(1) {
                parts.append("\(Int(Double(output) / (rest / .seconds(1)))) tokens/s")
            }
        }
        parts.append("\(Duration.short(object.total)) in all")
        return "\(label): " + parts.joined(separator: " · ")
    }
}

extension StreamWarning {
    /// Whether a person is told at once: of what is waited for, and of who answers.
    var isUrgent: Bool { code == .retried || code == .fallback || code == .continued }
}

extension StreamEvent {
    /// Whether the event shows that the answer has begun.
    var isToken: Bool {
        switch self {
        case .delta, .toolCall, .media: true
        default: false
        }
    }
}
