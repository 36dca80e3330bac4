import LAIProviders
import LAIStreaming

extension AnswerPrinter {
    /// Prints a session from its beginning. When the task is cancelled, the session is stopped, and its end printed.
    func follow(_ session: StreamSession, notice: AnswerNotice? = nil) async -> ExitStatus {
        let printing = Task { await print(AnswerBatches(updates: session.updates(from: 0))) }
        let status = await withTaskCancellationHandler {
            await printing.value
        } onCancel: {
            session.stop()
        }
        if session.end?.reason == .stopped, !Task.isCancelled, format == .text { Terminal.complain("Another program stopped the answer, or deleted its conversation.") }
        if let end = session.end { await notice?.send(end, after: session.metrics.duration, in: session.conversation) }
        return status
    }
}
