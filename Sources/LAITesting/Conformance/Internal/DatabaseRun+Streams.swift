import LAICore
import LAIStorage
import LAIStreaming

// Streams and their journal.
extension DatabaseRun {
    func streamed() async throws {
        let (question, answer, stream) = try await exchange()
        let running = try await database.runningStreams()
        try demand(running == [stream], "it is not among those that run")
        let half = DatabaseRun.events.count / 2
        try await database.append([JournalBatch(session: stream.session, first: 0, events: Array(DatabaseRun.events[..<half]))])
        try await database.append([JournalBatch(session: stream.session, first: half, events: Array(DatabaseRun.events[half...]))])
        for start in [0, 1, half - 1, half, half + 1, DatabaseRun.events.count] {
            let events = try await database.read(stream.session, from: start, maxBytes: 1 << 20)
            try demand(events == Array(DatabaseRun.events[start...]), "its events from \(start) on are others")
        }
        let some = try await database.read(stream.session, from: 0, maxBytes: 1)
        try demand(some?.isEmpty == false, "a small page holds nothing")

        try await database.finish(finished(stream, DatabaseRun.end(.stop, DatabaseRun.events)))
        let kept = try await database.message(answer.id)
        try demand(kept?.status == .sent && kept?.message == DatabaseRun.end(.stop, DatabaseRun.events).message, "its message is not what came")
        let receipt = kept?.receipt
        try demand(
            receipt?.provider == "acme" && receipt?.modelAsked == "small-1" && receipt?.model == "small-1-2026"
                && receipt?.requestID == "req" && receipt?.attempts == 2 && receipt?.usage?.outputTokens == 5
                && receipt?.finishReason == .stop && receipt?.rawReason == "raw", "its receipt is not whole")
        let asked = try await database.message(question.id)
        try demand(asked?.status == .sent, "its question is not marked as sent")
        let events = try await database.read(stream.session, from: 0, maxBytes: 100)
        let rest = try await database.runningStreams()
        try demand(events == nil && rest.isEmpty, "its events stay behind")
    }

    func failed() async throws {
        let (question, answer, stream) = try await exchange()
        try await database.finish(finished(stream, DatabaseRun.end(.failed, error: LAIError(.authentication, "No."))))
        let kept = try await database.message(answer.id)
        try demand(kept?.status == .failed && kept?.error?.code == .authentication, "the answer does not say why")
        let asked = try await database.message(question.id)
        try demand(asked?.status == .failed, "the question is not marked as failed")
    }

    func stopRequested() async throws {
        let (_, _, stream) = try await exchange()
        let (_, _, other) = try await exchange()
        try await database.requestStop(stream.session)
        let wished = try await database.stopRequests(among: [stream.session, other.session])
        try demand(wished == [stream.session], "the wish is lost, or reaches another")
    }
}
