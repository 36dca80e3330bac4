/// The one error type of LAI: what went wrong, where, and what may be done about it.
///
/// `message` is a whole sentence for a person. It never holds an API key. When the provider said something of its own,
/// `providerMessage` keeps its words and `message` quotes them.
public struct LAIError: Error, Sendable {
    /// What kind of failure this is; see ``Code`` for how to choose.
    public var code: Code
    /// One clear sentence: what is wrong and, where known, what to do.
    public var message: String
    /// The id of the provider (`anthropic`, `groq`), where one was involved.
    public var provider: String?
    /// The HTTP status of the response, where there was one.
    public var status: Int?
    /// The provider's id of the request, for its support.
    public var requestID: String?
    /// How long the provider asks to wait before another try.
    public var retryAfter: Duration?
    /// Whether the same request may succeed when it is simply sent again.
    public var isRetryable: Bool
    /// The provider's own sentence.
    public var providerMessage: String?
    /// The provider's own type of the error (`overloaded_error`, `RESOURCE_EXHAUSTED`).
    public var providerType: String?
    /// The provider's own code of the error (`context_length_exceeded`).
    public var providerCode: String?
    /// What had arrived of the answer when the stream failed.
    public var partial: Message?
    /// The error underneath, where there is one.
    public var cause: (any Error)?

    public init(
        _ code: Code,
        _ message: String,
        provider: String? = nil,
        status: Int? = nil,
        isRetryable: Bool? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.provider = provider
        self.status = status
        self.isRetryable = isRetryable ?? code.isUsuallyRetryable
        self.cause = cause
    }
}

extension LAIError: CustomStringConvertible {
    public var description: String { message }
}

extension LAIError {
    /// Why an answer is not whole that was being received when LAI ended.
    package static var brokeOff: LAIError { LAIError(.interrupted, "The answer broke off: LAI ended before it did.") }
}
