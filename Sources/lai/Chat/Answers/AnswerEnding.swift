import LAIChat
import LAIProviders
import LAIStorage

/// What a person should know of how an answer ended, and what can be done; nothing for one that is whole.
enum AnswerEnding {
    /// - Parameter hasAdvice: whether to say what a person can type.
    static func sentences(of object: EndObject, hasAdvice: Bool = true) -> [String] {
        let end = object.end
        let hasText = !end.message.text.isEmpty
        var sentences = object.warnings.filter { !$0.isUrgent }.map(\.message)
        if let refusal = end.message.refusal { sentences.append("The model declined: \(refusal)") }
        switch end.reason {
        case .stop: break
        case .toolCalls:
            for call in end.message.toolCalls { sentences.append("The model wants to call \(call.name)(\(call.arguments)).") }
        case .length: sentences.append("Cut short, for a limit was reached (\(end.rawReason ?? "length"))." + (hasAdvice ? " /continue goes on." : ""))
        case .contentFilter:
            sentences.append("The provider's filter cut the answer (\(end.blockReason ?? end.rawReason ?? "content filter")).")
        case .refusal: if end.message.refusal == nil { sentences.append("The model declined to answer.") }
        case .stopped, .interrupted, .failed: sentences.append(ended(end.reason, end.error, hasText: hasText, hasAdvice: hasAdvice))
        }
        return sentences
    }

    /// The same for an answer of earlier times; nil for one that is whole.
    static func sentence(of answer: StoredMessage) -> String? {
        let hasText = !answer.message.text.isEmpty
        switch answer.status {
        case .stopped: return ended(.stopped, nil, hasText: hasText)
        case .interrupted: return ended(.interrupted, answer.error, hasText: hasText)
        case .failed: return ended(.failed, answer.error, hasText: hasText)
        case .sent: return answer.receipt?.finishReason == .length ? "It was cut short. /continue goes on." : nil
        case .pending, .streaming: return nil
        }
    }

    private static func ended(_ reason: FinishReason, _ error: LAIError?, hasText: Bool, hasAdvice: Bool = true) -> String {
        let advice = !hasAdvice ? "" : hasText ? " /continue goes on, /retry asks again." : " /retry asks again."
        if reason == .stopped { return (hasText ? "Stopped." : "Stopped before anything came.") + advice }
        return (error?.message ?? "The answer broke off.") + advice
    }
}

/// A receipt in words.
enum ReceiptText {
    static func text(_ receipt: Receipt) -> String {
        var parts: [String] = []
        let model = receipt.model ?? receipt.modelAsked
        parts.append([model, receipt.provider.map { "by \($0)" }].compactMap(\.self).joined(separator: " "))
        if let model = receipt.model, let asked = receipt.modelAsked, model != asked { parts[0] += " (asked: \(asked))" }
        if let usage = receipt.usage {
            func count(_ number: Int?) -> String { number.map(String.init) ?? "?" }
            var tokens = "\(count(usage.inputTokens)) \(usage.inputTokens == 1 ? "token" : "tokens") in, \(count(usage.outputTokens)) out"
            if let reasoning = usage.reasoningTokens, reasoning > 0 { tokens += " (\(reasoning) reasoning)" }
            if let cached = usage.cachedTokens, cached > 0 { tokens += ", \(cached) cached" }
            parts.append(tokens + (usage.source == .estimated ? " (estimated)" : ""))
        }
        if let cost = receipt.cost { parts.append("$\(Double(Int((cost * 1_000_000).rounded())) / 1_000_000)") }
        if let first = receipt.firstToken { parts.append("first token after \(Duration.short(first))") }
        if let reasoning = receipt.reasoning { parts.append("thought for \(Duration.short(reasoning))") }
        if let speed = receipt.tokensPerSecond { parts.append("\(Int(speed.rounded())) tokens/s") }
        if let duration = receipt.duration { parts.append("\(Duration.short(duration)) in all") }
        if let attempts = receipt.attempts, attempts > 1 { parts.append("\(attempts) attempts") }
        if let id = receipt.requestID { parts.append("request \(id)") }
        var lines = [parts.joined(separator: " · ")]
        if let route = receipt.route, route != "\(receipt.provider ?? "")/\(receipt.modelAsked ?? "")" { lines.append("Route: \(route)") }
        lines += receipt.warnings
        return lines.joined(separator: "\n")
    }
}
