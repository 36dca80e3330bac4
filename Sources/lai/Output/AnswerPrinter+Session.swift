import LAIProviders
import LAIStreaming

extension AnswerPrinter {
    /// Prints a session from its beginning. When the task is cancelled, the session is stopped, and its end printed.
    func follow(_ session: StreamSession) async -> ExitStatus {
        let printing = Task { await print(SessionBatches(updates: session.updates(from: 0))) }
        return await withTaskCancellationHandler {
            await printing.value
        } onCancel: {
            session.stop()
        }
    }
}
