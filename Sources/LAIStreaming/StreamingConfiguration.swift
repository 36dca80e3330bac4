/// The settings of a ``StreamingService``, each with its default.
public struct StreamingConfiguration: Sendable {
    /// The most bytes of events that a session keeps in memory; older ones are read from the journal.
    public var sessionMemory = 1 << 20
    /// How many bytes all sessions keep together. Each has its whole message so far in memory, however long that gets; the
    /// events share what these leave, and have a quarter at least. Messages that ended and were written go before their
    /// ``grace`` is over when there are too many of them.
    public var memory = 64 << 20
    /// The least time between two deliveries to a reader, but for the first and the last.
    public var coalescing: Duration = .milliseconds(50)
    /// How long events wait to be written together with those of other sessions.
    public var commitInterval: Duration = .milliseconds(25)
    /// A session that is fed by hand ends when nothing came for so long. One that reads a ``ChatStream`` has that
    /// stream's own clocks, which know of the provider's signs of life.
    public var idleTimeout: Duration = .seconds(30)
    /// How long an ended session can still be looked up and read.
    public var grace: Duration = .seconds(60)
    /// How often other processes' wishes to stop a stream are looked for.
    public var stopInterval: Duration = .milliseconds(100)

    /// For how long it is tried, at the end of a service, to write what a full or failing disk did not take yet.
    public var shutdownPatience: Duration = .seconds(5)

    public init() {}
}
