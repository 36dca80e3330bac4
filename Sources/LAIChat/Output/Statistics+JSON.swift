package import LAICore
package import LAIStorage

extension Statistics {
    /// The figures for programs.
    package var json: JSONValue {
        [
            "conversations": .int(conversations), "archived": .int(archived), "deleted": .int(deleted), "messages": .int(messages),
            "questions": .int(questions), "answers": answers.json,
            "models": .array(models.map { ["provider": .optional($0.provider), "model": .optional($0.model), "answers": $0.answers.json] }),
            "periods": .array(periods.map { ["period": .string($0.name), "questions": .int($0.questions), "answers": $0.answers.json] }),
            "running": .int(runningStreams), "bytes": .int(bytes),
        ]
    }
}

extension Statistics.Answers {
    fileprivate var json: JSONValue {
        [
            "count": .int(count), "failed": .int(failed), "interrupted": .int(interrupted), "stopped": .int(stopped),
            "input_tokens": .int(inputTokens), "output_tokens": .int(outputTokens), "estimated_tokens": .int(estimatedTokens),
            "cost": .optional(cost), "priced": .int(priced), "median_first_token_ms": .milliseconds(medianFirstToken),
            "median_tokens_per_second": .optional(medianTokensPerSecond.map { ($0 * 10).rounded() / 10 }),
        ]
    }
}
