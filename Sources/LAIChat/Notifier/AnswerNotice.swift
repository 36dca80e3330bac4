public import LAICore
public import LAIStorage

extension DesktopNotification {
    /// Tells that an answer came to its end, while its reader may be elsewhere.
    ///
    /// A notification stands on locked screens and in histories, so it has no word of the answer: the conversation's
    /// title, and how it ended. A conversation that may not leave the machine, or is temporary, gives not even its
    /// title, which is most often the beginning of the question, nor what a provider said of a failure.
    /// - Parameter isTemporary: whether nothing of the conversation is kept.
    /// - Returns: nil for an answer that a person stopped, who is there.
    public init?(_ end: StreamEnd, after duration: Duration, in conversation: Conversation, isTemporary: Bool = false) {
        let isPrivate = conversation.isLocalOnly || isTemporary
        let time = DesktopNotification.words(for: duration)
        let body: String
        switch end.reason {
        case .stopped: return nil
        case .failed, .interrupted:
            let what = end.reason == .failed ? "The answer failed" : "The answer broke off"
            body = "\(what) after \(time)." + (isPrivate ? "" : end.error.map { " \($0.message)" } ?? "")
        case .length, .contentFilter: body = "The answer was cut short after \(time)."
        case .refusal: body = "The model declined after \(time)."
        case .stop, .toolCalls: body = "The answer is there, after \(time)."
        }
        self.init(title: isPrivate || conversation.title.isEmpty ? "LAI" : conversation.title, body: body)
    }

    private static func words(for duration: Duration) -> String {
        let seconds = Int((duration / .seconds(1)).rounded())
        if seconds < 120 { return "\(seconds) second\(seconds == 1 ? "" : "s")" }
        return "\(seconds / 60) minutes"
    }
}
