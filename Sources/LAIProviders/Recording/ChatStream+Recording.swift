public import LAICore

extension ChatStream {
    /// The stream that a recording is: decoded as if it came from the provider now.
    /// - Parameter atOriginalSpeed: whether the pauses of the recording are kept.
    public init(replaying recording: Recording, atOriginalSpeed: Bool = false) {
        self.init {
            ScriptedSource(
                MockScript(recording, atOriginalSpeed: atOriginalSpeed), provider: recording.provider,
                timeouts: Timeouts(), clock: SystemStreamClock(eventLoop: HTTPTransport.shared.eventLoop),
                recorder: nil)
        }
    }
}
