public import LAICore
public import LAIProviders

/// A provider that answers every question with a recording, without a socket.
public struct ReplayProvider: Provider {
    /// What it answers with.
    public let recording: Recording

    private let mock: MockProvider

    /// The provider that was recorded.
    public var id: String { recording.provider }

    /// A provider that plays `recording`.
    ///
    /// - Parameters:
    ///   - recording: what a server sent once.
    ///   - atOriginalSpeed: whether the pauses between the reads are kept.
    ///   - clock: the clock of the pauses; nil takes the machine's.
    public init(_ recording: Recording, atOriginalSpeed: Bool = false, clock: (any StreamClock)? = nil) {
        self.recording = recording
        mock = MockProvider(id: recording.provider, clock: clock) { _ in
            MockScript(recording, atOriginalSpeed: atOriginalSpeed)
        }
    }

    /// The recording, decoded as if it came now. A failure is not repeated unless `options` ask for it: it would come
    /// again.
    public func stream(_ request: ChatRequest, options: CallOptions) -> ChatStream {
        var options = options
        options.retries = options.retries ?? RetryPolicy.none
        return mock.stream(request, options: options)
    }

    /// None: a recording answers for any model.
    public func models() async throws -> [ModelInfo] { [] }
}
