import LAIChat
import LAIProviders
import LAISettings
import LAIStorage
import LAIStreaming

/// Tells on the desktop that an answer which took long is there, or failed: whoever waits for it may look elsewhere.
///
/// By itself only where a person sits at a terminal. Where there is no desktop nothing happens.
struct AnswerNotice {
    /// How long an answer must have taken, unless the configuration says otherwise.
    static let after = Duration.seconds(20)

    let session: Session
    let database: any ChatDatabase
    var isTemporary = false
    /// What the command line says: yes, however long it took; no; or nothing.
    var isWanted: Bool?

    /// Tells it, if it is to be told. It takes three seconds at most, and a moment most often.
    func send(_ end: StreamEnd, after duration: Duration, in conversation: ConversationID) async {
        let settings = session.settings.notifications
        let isDue = settings.isEnabled != false && Terminal.isErrorTerminal && duration >= settings.after ?? AnswerNotice.after
        guard isWanted ?? isDue else { return }
        do {
            guard let conversation = try await database.conversation(conversation),
                let notification = DesktopNotification(end, after: duration, in: conversation, isTemporary: isTemporary)
            else { return }
            try await Notifier(environment: session.environment).send(notification)
        } catch {
            // Who asked for it is told why there was none; to others it makes no difference.
            if isWanted == true { Terminal.remark((error as? LAIError)?.message ?? "\(error)") }
        }
    }
}
