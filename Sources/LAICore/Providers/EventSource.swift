/// What a ``ChatStream`` reads from: one request's events, pulled in batches by one reader.
public protocol EventSource: AnyObject, Sendable {
    /// The next events, at least one, as soon as there is one; nil after the end was delivered.
    ///
    /// The first call sends the request. When the calling task is cancelled, the connection is closed and an end
    /// with the reason `stopped` follows. Failures are the end's error: nothing is thrown.
    func next() async -> [StreamEvent]?

    /// Closes the connection at once. May be called from anywhere, and more than once.
    func cancel()
}
