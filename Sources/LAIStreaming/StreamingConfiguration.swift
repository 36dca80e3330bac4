/// The settings of a ``StreamingService``, each with its default.
public struct StreamingConfiguration: Sendable {
    /// The most bytes of events that a session keeps in memory; older ones are read from the journal.
    public var sessionMemory = 1 << 20
    /// The most bytes of events that all sessions keep together: with many sessions, each gets its share.
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

    public init() {}
}
