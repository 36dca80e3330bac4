/// How one request is carried out: its clocks, its retries, its recording.
public struct CallOptions: Sendable {
    /// The clocks; nil takes the provider's.
    public var timeouts: Timeouts?
    /// When to send again; nil takes the provider's.
    public var retries: RetryPolicy?
    /// Where the raw bytes of the response go as they arrive, with their timing; nil records nothing.
    public var recorder: (any ResponseRecorder)?

    public init() {}
}

/// The clocks of a stream. Nil switches one off.
public struct Timeouts: Sendable, Hashable {
    /// Until the connection stands, TLS included.
    public var connect: Duration? = .seconds(10)
    /// From the request to the response's head. Generous: a provider may queue, a local model may load.
    public var head: Duration? = .seconds(120)
    /// From the head to the first event.
    public var firstEvent: Duration? = .seconds(120)
    /// Between two signs of life; a ping and a comment count as one.
    public var idle: Duration? = .seconds(30)
    /// The whole answer, with all attempts and the pauses between them.
    public var total: Duration?

    public init() {}
}

/// When a request is sent again. Only ever while nothing of an answer was delivered.
public struct RetryPolicy: Sendable, Hashable {
    /// How many times after the first; 0 never.
    public var maxRetries = 2
    /// The pause before the first retry; it doubles each time, less up to a quarter by chance.
    public var firstDelay: Duration = .milliseconds(500)
    /// The longest pause of LAI's own.
    public var maxDelay: Duration = .seconds(8)
    /// The longest `Retry-After` that is waited for; past it the error is reported at once.
    public var maxRetryAfter: Duration = .seconds(60)
    /// How long after the first attempt began another one may still begin; nil for as long as there are retries.
    public var budget: Duration?

    public init() {}
    public static let none: RetryPolicy = {
        var policy = RetryPolicy()
        policy.maxRetries = 0
        return policy
    }()
}

/// Keeps the raw bytes of a response. Called in order, from the thread that reads the socket: it must not block long.
public protocol ResponseRecorder: Sendable {
    /// A response begins; headers that may hold secrets are left out.
    func begin(attempt: Int, status: Int, headers: [(String, String)])
    /// Bytes arrived, after `elapsed` since the request began.
    func receive(_ bytes: UnsafeRawBufferPointer, elapsed: Duration)
    /// The response ended, or broke off with `error`.
    func end(error: LAIError?)
}
