public import LAICore

/// What a reader of a session gets.
public enum StreamUpdate: Sendable {
    /// Everything so far, in place of what the reader had: at the beginning, and when the events that it missed are
    /// gone because the message was written.
    case snapshot(StreamSnapshot)
    /// Further events, and the cursor behind them.
    case events([StreamEvent], cursor: Int)
}

/// A stream as far as it came.
public struct StreamSnapshot: Sendable {
    /// The message so far.
    public var message: Message
    /// The sequence number of the event that comes next: where a reader goes on.
    public var cursor: Int
    /// How it ended; nil while it runs.
    public var end: StreamEnd?

    public init(message: Message, cursor: Int, end: StreamEnd? = nil) {
        self.message = message
        self.cursor = cursor
        self.end = end
    }
}
